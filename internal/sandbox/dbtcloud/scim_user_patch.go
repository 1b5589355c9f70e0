// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
)

// patchSCIMUser carries out all operations or none.
func (a *Account) patchSCIMUser(w http.ResponseWriter, r *http.Request) *scim.Error {
	operations, refusal := readOperations(r, "schemas")
	if refusal != nil {
		return refusal
	}
	return a.changeSCIMUser(w, r, func(user *wireUser) *scim.Error {
		for _, operation := range operations {
			if refusal := a.patchUser(user, operation); refusal != nil {
				return refusal
			}
		}
		return nil
	})
}

// patchUser knows the two forms of the OpenAPI document: an object with active,
// and a string, for which it takes a path. A path active with a bool, as most
// services have it, is neither, and a removal needs a value.
func (a *Account) patchUser(user *wireUser, operation patchOperation) *scim.Error {
	if len(operation.Value) > 0 && operation.Value[0] == '"' {
		var value string
		if err := json.Unmarshal(operation.Value, &value); err != nil {
			return unprocessable("value: %s", err)
		}
		if operation.Op == "remove" {
			value = ""
		}
		return a.setAttribute(user, operation.Path, value)
	}
	var value struct {
		Active bool `json:"active"`
	}
	if refusal := readObject(operation.Value, &value, "active"); refusal != nil {
		return unprocessable("value: neither a string nor an object with active: %s", refusal.Detail)
	}
	if operation.Path != "" || operation.Op == "remove" {
		return invalid("invalidPath", "op %q with path %q does not take an object", operation.Op, operation.Path)
	}
	return a.setActive(user, value.Active, "")
}

// setAttribute sets what a path names.
func (a *Account) setAttribute(user *wireUser, path, value string) *scim.Error {
	name := scimName{orEmpty(user.FirstName), orEmpty(user.LastName)}
	switch path {
	case "name.givenName":
		name.GivenName = value
		a.setNames(user, name)
	case "name.familyName":
		name.FamilyName = value
		a.setNames(user, name)
	case "externalId":
		user.scim.externalID = value
	case "userName":
		if !strings.EqualFold(value, user.Email) {
			return errUserName
		}
	case "active":
		return unprocessable("value: %q is not a boolean", value)
	case licenseSchema + ":licenseType":
		if refusal := checkLicenseType(value); refusal != nil {
			return refusal
		}
		if user.active() {
			return a.license(user, value)
		}
	default:
		return invalid("invalidPath", "path %q is not supported", path)
	}
	return nil
}
