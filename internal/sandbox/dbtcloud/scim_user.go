// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import "strconv"

// scimUser is a user as the SCIM service shows it.
type scimUser struct {
	Schemas    []string        `json:"schemas"`
	ID         string          `json:"id,omitempty"`
	ExternalID string          `json:"externalId,omitempty"`
	UserName   string          `json:"userName"`
	Active     bool            `json:"active"`
	Name       scimName        `json:"name"`
	Emails     []scimEmail     `json:"emails"`
	Groups     []scimUserGroup `json:"groups"`
	Meta       scimMeta        `json:"meta"`
	// License is absent for who has none.
	License *scimLicense `json:"urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User,omitempty"`
}

type scimName struct {
	GivenName  string `json:"givenName"`
	FamilyName string `json:"familyName"`
}

type scimEmail struct {
	Value string `json:"value"`
	// Primary is a bool, or the string "True", as an example of dbt's OpenAPI
	// document has it.
	Primary any    `json:"primary"`
	Type    string `json:"type"`
}

// scimUserGroup is a group of a user. The OpenAPI document has both pairs.
type scimUserGroup struct {
	Value       string   `json:"value"`
	Display     string   `json:"display"`
	ID          string   `json:"id"`
	DisplayName string   `json:"displayName"`
	ExternalID  string   `json:"externalId,omitempty"`
	Meta        scimMeta `json:"meta"`
}

type scimMeta struct {
	ResourceType string `json:"resourceType"`
	Created      string `json:"created,omitempty"`
	LastModified string `json:"lastModified,omitempty"`
	// Location is relative to something that the document does not name.
	Location string `json:"location"`
}

type scimLicense struct {
	LicenseType string `json:"licenseType"`
}

const (
	userSchema    = "urn:ietf:params:scim:schemas:core:2.0:User"
	groupSchema   = "urn:ietf:params:scim:schemas:core:2.0:Group"
	licenseSchema = "urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User"
)

// scimState is what only the SCIM service knows of a user.
type scimState struct {
	externalID   string
	lastModified string
	// textPrimary shows emails[].primary as a string.
	textPrimary bool
	// pending users have not accepted yet. They get pendingLicense then.
	pending        bool
	pendingLicense string
	// deleted users stay, without a license and inactive.
	deleted bool
}

// scimID is the id of the user in the SCIM service. dbt documents no connection
// with the id in the Administrative API, so the sandbox has another.
func (u *wireUser) scimID() string { return strconv.FormatInt(900000+u.ID, 10) }

// active reports whether the user may use the account, as far as the service
// can say: also without a license, where none was ever removed.
func (u *wireUser) active() bool {
	license, ok := u.license()
	return u.IsActive && !u.scim.deleted && (!ok || license.State == 1)
}

// licensed reports whether the user has a license.
func (u *wireUser) licensed() bool {
	license, ok := u.license()
	return ok && license.State == 1
}

// Filterable reports whether filters know the attribute.
func (*wireUser) Filterable(attribute string) bool {
	return attribute == "username" || attribute == "externalid" || attribute == "id"
}

// Attribute returns what filters compare.
func (u *wireUser) Attribute(name string) string {
	switch name {
	case "username":
		return u.Email
	case "externalid":
		return u.scim.externalID
	default:
		return u.scimID()
	}
}

func (a *Account) showAsSCIM(u *wireUser) *scimUser {
	shown := &scimUser{
		Schemas: []string{userSchema, licenseSchema}, ID: u.scimID(), ExternalID: u.scim.externalID, UserName: u.Email, Active: u.active(),
		Name:   scimName{orEmpty(u.FirstName), orEmpty(u.LastName)},
		Emails: []scimEmail{{u.Email, true, "work"}}, Groups: []scimUserGroup{},
		Meta: scimMeta{"User", orEmpty(u.CreatedAt), u.scim.lastModified, "/scim/v2/Users/" + u.scimID()},
	}
	if u.scim.textPrimary {
		shown.Emails[0].Primary = "True"
	}
	if license, ok := u.license(); ok {
		shown.License = &scimLicense{license.LicenseType}
	} else if u.scim.pending {
		shown.License = &scimLicense{u.scim.pendingLicense}
	}
	for _, group := range a.groups {
		if group.SCIMManaged && group.has(u) {
			shown.Groups = append(shown.Groups, scimUserGroup{
				group.scimID(), group.Name, group.scimID(), group.Name, group.externalID, group.scimMeta(),
			})
		}
	}
	return shown
}

// orEmpty returns "" for nil.
func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
