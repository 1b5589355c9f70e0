// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// groupChange is a change of a group that is not made yet.
type groupChange struct {
	account *Account
	group   *wireGroup
	members []*wireUser
}

// memberRef names a member.
type memberRef struct {
	Value   *string `json:"value"`
	Display *string `json:"display"`
}

// apply makes the change. It replaces the group, and who is in it.
func (c *groupChange) apply(group *wireGroup) {
	*group = *c.group
	c.account.build.groups[group.ID] = service.Encode(group.wireGroupCore)
	for _, user := range c.account.users {
		was, is := group.has(user), slices.Contains(c.members, user)
		if !was && !is {
			continue
		}
		*user = *user.copied()
		if is && user.permission() == nil {
			// Only Licenses had the license.
			license, _ := user.license()
			c.account.give(user, license.LicenseType)
		}
		p := user.permission()
		p.groupIDs = slices.DeleteFunc(slices.Clone(p.groupIDs), func(id int64) bool { return id == group.ID })
		for _, member := range c.members {
			if member == user {
				p.groupIDs = append(p.groupIDs, group.ID)
			}
		}
		c.account.encodeAgain(user)
	}
}

// replace sets what a whole group says.
func (c *groupChange) replace(body *groupBody) *scim.Error {
	if refusal := c.rename(body.DisplayName); refusal != nil {
		return refusal
	}
	c.group.externalID = body.ExternalID
	var members []*wireUser
	c.members, members = nil, c.members
	for _, member := range body.Members {
		if refusal := c.add(member, members); refusal != nil {
			return refusal
		}
	}
	return nil
}

func (c *groupChange) rename(name string) *scim.Error {
	if c.account.behavior.Rewrite {
		name = strings.TrimSpace(name)
	}
	switch {
	case strings.TrimSpace(name) == "":
		return invalid("invalidValue", "displayName must not be empty")
	case !c.account.behavior.SameGroupNames && c.account.sameName(name, c.group):
		return &scim.Error{Status: http.StatusConflict, Type: "uniqueness", Detail: "A group with this displayName exists already."}
	}
	c.group.Name = name
	return nil
}

// add adds a member. Who was one before needs no license.
func (c *groupChange) add(member memberRef, before []*wireUser) *scim.Error {
	if member.Value == nil {
		return invalid("invalidValue", "a member has no value")
	}
	user := c.account.userBySCIMID(*member.Value)
	switch {
	case user == nil:
		return invalid("invalidValue", "User %s does not exist", *member.Value)
	case !user.licensed() && !slices.Contains(before, user):
		return invalid("invalidValue", "All users must have licenses on the account")
	case slices.Contains(c.members, user) && !c.account.behavior.DuplicateMembers:
		return nil
	}
	c.members = append(c.members, user)
	return nil
}

// oneMember is the path of one member.
var oneMember = regexp.MustCompile(`^members\[value eq "([^"]*)"\]$`)

// patch carries out one operation.
func (c *groupChange) patch(operation patchOperation) *scim.Error {
	if match := oneMember.FindStringSubmatch(operation.Path); match != nil && operation.Op == "remove" {
		return c.remove(match[1])
	}
	switch operation.Path {
	case "members":
		return c.patchMembers(operation)
	case "displayName":
		var name string
		if err := json.Unmarshal(operation.Value, &name); err != nil || operation.Op == "remove" {
			return invalid("invalidValue", "displayName must be a string")
		}
		return c.rename(name)
	case "externalId":
		var id string
		if err := json.Unmarshal(operation.Value, &id); err != nil && operation.Op != "remove" {
			return invalid("invalidValue", "externalId must be a string")
		}
		c.group.externalID = id
		return nil
	case "":
		return c.patchObject(operation)
	default:
		return invalid("invalidPath", "path %q is not supported", operation.Path)
	}
}

// patchObject carries out an operation without a path: one for each attribute.
func (c *groupChange) patchObject(operation patchOperation) *scim.Error {
	var attributes map[string]json.RawMessage
	if err := json.Unmarshal(operation.Value, &attributes); err != nil || operation.Op == "remove" {
		return invalid("invalidPath", "op %q needs a path or an object", operation.Op)
	}
	for _, path := range []string{"displayName", "externalId", "members"} {
		if value, ok := attributes[path]; ok {
			if refusal := c.patch(patchOperation{operation.Op, path, value}); refusal != nil {
				return refusal
			}
		}
	}
	return nil
}

func (c *groupChange) patchMembers(operation patchOperation) *scim.Error {
	var members []memberRef
	if err := json.Unmarshal(operation.Value, &members); err != nil && len(operation.Value) > 0 {
		return invalid("invalidValue", "members must be an array")
	}
	before := c.members
	if operation.Op == "replace" || operation.Op == "remove" && members == nil {
		c.members = nil
	}
	for _, member := range members {
		if operation.Op != "remove" {
			if refusal := c.add(member, before); refusal != nil {
				return refusal
			}
		} else if member.Value != nil {
			if refusal := c.remove(*member.Value); refusal != nil {
				return refusal
			}
		}
	}
	return nil
}

// remove removes a member.
func (c *groupChange) remove(id string) *scim.Error {
	kept := slices.DeleteFunc(slices.Clone(c.members), func(u *wireUser) bool { return u.scimID() == id })
	if len(kept) == len(c.members) && c.account.behavior.DuplicateMembers {
		return invalid("noTarget", "User %s is no member", id)
	}
	c.members = kept
	return nil
}

// patchSCIMGroup carries out all operations or none.
func (a *Account) patchSCIMGroup(w http.ResponseWriter, r *http.Request) *scim.Error {
	operations, refusal := readOperations(r)
	if refusal != nil {
		return refusal
	}
	return a.changeSCIMGroup(w, r, func(change *groupChange) *scim.Error {
		for _, operation := range operations {
			if refusal := change.patch(operation); refusal != nil {
				return refusal
			}
		}
		return nil
	})
}
