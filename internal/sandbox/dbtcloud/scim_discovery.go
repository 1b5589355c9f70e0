// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
)

type scimFeature struct {
	Supported  bool `json:"supported"`
	MaxResults int  `json:"maxResults,omitempty"`
}

func (a *Account) showServiceProviderConfig(w http.ResponseWriter, r *http.Request) {
	a.writeSCIM(w, r, struct {
		Schemas        []string    `json:"schemas"`
		Patch          scimFeature `json:"patch"`
		Bulk           scimFeature `json:"bulk"`
		Filter         scimFeature `json:"filter"`
		ChangePassword scimFeature `json:"changePassword"`
		Sort           scimFeature `json:"sort"`
		ETag           scimFeature `json:"etag"`
		Meta           scimMeta    `json:"meta"`
	}{
		Schemas: []string{"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"},
		Patch:   scimFeature{Supported: true}, Filter: scimFeature{Supported: true, MaxResults: maxLimit},
		Meta: scimMeta{ResourceType: "ServiceProviderConfig", Location: "/scim/v2/ServiceProviderConfig"},
	})
}

// resourceType is a kind of resource, and its schema.
type resourceType struct {
	Schemas     []string          `json:"schemas"`
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Endpoint    string            `json:"endpoint,omitempty"`
	Description string            `json:"description"`
	Schema      string            `json:"schema,omitempty"`
	Extensions  []schemaExtension `json:"schemaExtensions,omitempty"`
	Attributes  []attributeType   `json:"attributes,omitempty"`
	Meta        scimMeta          `json:"meta"`
}

type schemaExtension struct {
	Schema   string `json:"schema"`
	Required bool   `json:"required"`
}

type attributeType struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	MultiValued bool   `json:"multiValued"`
	Required    bool   `json:"required"`
}

// resourceTypes is read only.
var resourceTypes = []resourceType{
	newResourceType("User", userSchema, schemaExtension{licenseSchema, false}),
	newResourceType("Group", groupSchema),
}

func newResourceType(name, schema string, extensions ...schemaExtension) resourceType {
	return resourceType{
		Schemas: []string{"urn:ietf:params:scim:schemas:core:2.0:ResourceType"}, ID: name, Name: name, Description: name,
		Endpoint: "/" + name + "s", Schema: schema, Extensions: extensions,
		Meta: scimMeta{ResourceType: "ResourceType", Location: "/scim/v2/ResourceTypes/" + name},
	}
}

// schemaTypes is read only.
var schemaTypes = []resourceType{
	newSchema("User", userSchema,
		attributeType{"userName", "string", false, true}, attributeType{"name", "complex", false, true},
		attributeType{"emails", "complex", true, true}, attributeType{"active", "boolean", false, true}),
	newSchema("Group", groupSchema,
		attributeType{"displayName", "string", false, true}, attributeType{"members", "complex", true, false}),
	newSchema("License", licenseSchema, attributeType{"licenseType", "string", false, true}),
}

func newSchema(name, id string, attributes ...attributeType) resourceType {
	return resourceType{
		Schemas: []string{"urn:ietf:params:scim:schemas:core:2.0:Schema"}, ID: id, Name: name, Description: name, Attributes: attributes,
		Meta: scimMeta{ResourceType: "Schema", Location: "/scim/v2/Schemas/" + id},
	}
}

func (a *Account) listResourceTypes(w http.ResponseWriter, r *http.Request) {
	a.writeDiscovery(w, r, resourceTypes)
}

func (a *Account) showResourceType(w http.ResponseWriter, r *http.Request) {
	a.showDiscovery(w, r, resourceTypes)
}

func (a *Account) listSchemas(w http.ResponseWriter, r *http.Request) {
	a.writeDiscovery(w, r, schemaTypes)
}

func (a *Account) showSchema(w http.ResponseWriter, r *http.Request) {
	a.showDiscovery(w, r, schemaTypes)
}

// writeDiscovery answers with all rows in the envelope of RFC 7644, which the
// OpenAPI document has for these lists.
func (a *Account) writeDiscovery(w http.ResponseWriter, r *http.Request, rows []resourceType) {
	response, refusal := scim.List(nil, rows, maxLimit, func(row resourceType) any { return row })
	if refusal != nil {
		refusal.Write(w)
		return
	}
	a.writeSCIM(w, r, response)
}

func (a *Account) showDiscovery(w http.ResponseWriter, r *http.Request, rows []resourceType) {
	for _, row := range rows {
		if row.ID == r.PathValue("id") {
			a.writeSCIM(w, r, row)
			return
		}
	}
	refuse(w, r, http.StatusNotFound)
}
