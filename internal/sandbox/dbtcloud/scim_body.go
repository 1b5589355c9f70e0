// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
)

// unprocessable is how the service answers a body that is not as its OpenAPI
// document says.
func unprocessable(format string, args ...any) *scim.Error {
	return &scim.Error{Status: http.StatusUnprocessableEntity, Detail: fmt.Sprintf(format, args...)}
}

// invalid is a value that the service cannot take.
func invalid(scimType, format string, args ...any) *scim.Error {
	return &scim.Error{Status: http.StatusBadRequest, Type: scimType, Detail: fmt.Sprintf(format, args...)}
}

// readBody reads a body into a value whose fields have the types of the OpenAPI
// document, and misses the required ones. Unlike encoding/json, the service
// knows the fields only in their own case.
func readBody(r *http.Request, body any, required ...string) *scim.Error {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mediaType != scim.MediaType && mediaType != "application/json" {
		return &scim.Error{Status: http.StatusUnsupportedMediaType, Detail: "Unsupported media type."}
	}
	text, err := io.ReadAll(r.Body)
	if err != nil || !json.Valid(text) {
		return invalid("invalidSyntax", "The body is not JSON.")
	}
	return readObject(text, body, required...)
}

// readObject is readBody for a part of a body.
func readObject(text []byte, object any, required ...string) *scim.Error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return unprocessable("%s", err)
	}
	for _, name := range required {
		if value := fields[name]; value == nil || string(value) == "null" {
			return unprocessable("%s: field required", name)
		}
	}
	if err := json.Unmarshal(text, object); err != nil {
		return unprocessable("%s", err)
	}
	return nil
}

// userBody is the body of a POST or PUT of a user.
type userBody struct {
	Schemas    []string `json:"schemas"`
	ExternalID string   `json:"externalId"`
	UserName   string   `json:"userName"`
	Active     bool     `json:"active"`
	Name       scimName `json:"name"`
	Emails     []struct {
		Value   string `json:"value"`
		Primary bool   `json:"primary"`
		Type    string `json:"type"`
	} `json:"emails"`
	License *scimLicense `json:"urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User"`
}

// readUser reads a user. Its address is that of the login, in both places.
func (a *Account) readUser(r *http.Request) (*userBody, *scim.Error) {
	body := new(userBody)
	if refusal := readBody(r, body, "schemas", "userName", "active", "name", "emails"); refusal != nil {
		return nil, refusal
	}
	if body.License != nil {
		if refusal := checkLicenseType(body.License.LicenseType); refusal != nil {
			return nil, refusal
		}
	}
	if a.behavior.Rewrite {
		body.UserName = strings.ToLower(body.UserName)
	}
	if !strings.Contains(strings.Trim(body.UserName, "@"), "@") || strings.ContainsAny(body.UserName, " \t\r\n<>") {
		return nil, invalid("invalidValue", "userName %q is not an email address", body.UserName)
	}
	for _, email := range body.Emails {
		if strings.EqualFold(email.Value, body.UserName) {
			return body, nil
		}
	}
	return nil, invalid("invalidValue", "emails must have the address of userName")
}

// licenseType returns the license type of the body, "" for none.
func (b *userBody) licenseType() string {
	if b.License == nil {
		return ""
	}
	return b.License.LicenseType
}

func checkLicenseType(licenseType string) *scim.Error {
	if slices.Contains([]string{"developer", "read_only", "analyst", "it"}, licenseType) {
		return nil
	}
	return unprocessable("licenseType: %q is none of developer, read_only, analyst, it", licenseType)
}

// patchOperation is an operation of a PATCH.
type patchOperation struct {
	Op    string          `json:"op"`
	Path  string          `json:"path"`
	Value json.RawMessage `json:"value"`
}

// readOperations reads a PATCH. The service knows operations in lower case.
func readOperations(r *http.Request, required ...string) ([]patchOperation, *scim.Error) {
	var body struct {
		Schemas    []string          `json:"schemas"`
		Operations []json.RawMessage `json:"Operations"`
	}
	if refusal := readBody(r, &body, append(required, "Operations")...); refusal != nil {
		return nil, refusal
	}
	operations := make([]patchOperation, len(body.Operations))
	for i, raw := range body.Operations {
		if refusal := readObject(raw, &operations[i], "op"); refusal != nil {
			return nil, refusal
		}
		if !slices.Contains([]string{"add", "remove", "replace"}, operations[i].Op) {
			return nil, unprocessable("op: %q is none of add, remove, replace", operations[i].Op)
		}
	}
	return operations, nil
}
