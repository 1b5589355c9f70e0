// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack

type scimUser struct {
	Schemas     []string  `json:"schemas"`
	ID          string    `json:"id"`
	ExternalID  string    `json:"externalId,omitempty"`
	UserName    string    `json:"userName"`
	DisplayName string    `json:"displayName,omitempty"`
	Name        *scimName `json:"name,omitempty"`
	// Active is a bool, the string "True" or "False", or absent.
	Active any         `json:"active,omitempty"`
	Emails []scimEmail `json:"emails,omitempty"`
	// Groups is absent for most, as most servers leave it out.
	Groups []scimReference `json:"groups,omitempty"`
	Meta   scimMeta        `json:"meta"`
}

type scimName struct {
	GivenName  string `json:"givenName,omitempty"`
	FamilyName string `json:"familyName,omitempty"`
	Formatted  string `json:"formatted,omitempty"`
}

type scimEmail struct {
	Value string `json:"value"`
	Type  string `json:"type,omitempty"`
	// Primary is a bool, the string "True" or "False", or absent.
	Primary any `json:"primary,omitempty"`
}

type scimGroup struct {
	Schemas     []string        `json:"schemas"`
	ID          string          `json:"id"`
	ExternalID  string          `json:"externalId,omitempty"`
	DisplayName string          `json:"displayName"`
	Members     []scimReference `json:"members"`
	Meta        scimMeta        `json:"meta"`
}

// scimReference is a member of a group, or a group of a user.
type scimReference struct {
	Value   string `json:"value"`
	Ref     string `json:"$ref,omitempty"`
	Display string `json:"display,omitempty"`
	Type    string `json:"type,omitempty"`
}

type scimMeta struct {
	ResourceType string `json:"resourceType"`
	Created      string `json:"created"`
	LastModified string `json:"lastModified"`
	// Location is relative to the host.
	Location string `json:"location"`
}

// Filterable reports whether filters know the attribute.
func (*scimUser) Filterable(attribute string) bool {
	return attribute == "username" || attribute == "displayname" || attribute == "externalid" || attribute == "id"
}

// Attribute returns what filters compare.
func (u *scimUser) Attribute(name string) string {
	switch name {
	case "username":
		return u.UserName
	case "displayname":
		return u.DisplayName
	case "externalid":
		return u.ExternalID
	default:
		return u.ID
	}
}

// Filterable reports whether filters know the attribute.
func (*scimGroup) Filterable(attribute string) bool {
	return attribute == "displayname" || attribute == "externalid" || attribute == "id"
}

// Attribute returns what filters compare.
func (g *scimGroup) Attribute(name string) string {
	switch name {
	case "displayname":
		return g.DisplayName
	case "externalid":
		return g.ExternalID
	default:
		return g.ID
	}
}
