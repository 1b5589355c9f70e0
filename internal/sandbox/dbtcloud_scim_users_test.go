// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"strings"
	"testing"
)

const (
	usersPath  = v3 + "/scim/v2/Users"
	groupsPath = v3 + "/scim/v2/Groups"
	// newUser is a user as dbt's document requires one.
	newUser = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"New.Starter@northwind.example","active":true,
		"name":{"givenName":"New","familyName":"Starter"},"emails":[{"value":"New.Starter@northwind.example","primary":true,"type":"work"}]}`
	licenseKey = "urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User"
)

// patch is the body of a PATCH with operations.
func patch(operations ...string) string {
	return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[` + strings.Join(operations, ",") + `]}`
}

// adminUser returns the user of /users with an address, nil if it lists none.
func (c client) adminUser(email string) map[string]any {
	c.Helper()
	for _, user := range rows(c.T, c.get(v3+"/users/").json, "data") {
		if strings.EqualFold(fmt.Sprint(user["email"]), email) {
			return user
		}
	}
	return nil
}

// scimUser returns the user that the SCIM service finds by address.
func (c client) scimUser(email string) map[string]any {
	c.Helper()
	found := rows(c.T, c.get(usersPath+`?filter=userName%20eq%20%22`+email+`%22`).json, "Resources")
	if len(found) != 1 {
		c.Fatalf("userName eq %s: got %d users, want 1", email, len(found))
	}
	return found[0]
}

// seats returns how many licenses of a type are in use.
func (c client) seats(license string) any {
	c.Helper()
	return at(c.T, c.get(v2+"/licenses/").json, "data", license, "in_use")
}

func TestSCIMUserAppearsInTheAdministrativeAPI(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	before := c.seats("developer").(float64)
	created := c.call("POST", usersPath, newUser, 200)
	if got := created.header.Get("Content-Type"); got != "application/scim+json" {
		t.Errorf("Content-Type: got %s, want application/scim+json", got)
	}
	requireFields(t, "user", created.json, "id userName active name emails meta schemas")
	id := word(t, created.json, "id")
	user := c.adminUser("new.starter@northwind.example")
	if user == nil || user["is_active"] != true || user["first_name"] != "New" || user["fullname"] != "New Starter" || user["last_login"] != nil {
		t.Fatalf("user: got %v, want the one who was created", user)
	}
	if fmt.Sprint(user["id"]) == id {
		t.Errorf("id: got %s in both APIs, want different ones, as no document connects them", id)
	}
	for _, where := range []any{at(t, user, "permissions", 0), at(t, user, "licenses", "12345")} {
		license := object(t, where)
		if license["license_type"] != "developer" || license["state"] != 1.0 || license["account_id"] != 12345.0 {
			t.Errorf("license: got %v, want an active developer license", license)
		}
	}
	if permission := object(t, user, "permissions", 0); permission["scim_managed"] != true || len(rows(t, permission, "groups")) != 0 || len(rows(t, permission, "permission_statements")) == 0 {
		t.Errorf("permission: got %v, want it managed by SCIM, with statements, without groups", permission)
	}
	if got := c.seats("developer"); got != before+1 {
		t.Errorf("developer seats: got %v, want %v", got, before+1)
	}

	c.call("PATCH", usersPath+"/"+id, patch(`{"op":"replace","value":{"active":false}}`), 200)
	if user = c.adminUser("new.starter@northwind.example"); at(t, user, "permissions", 0, "state") != 2.0 || at(t, user, "licenses", "12345", "state") != 2.0 {
		t.Errorf("deactivated: got %v, want a removed license in both places", user)
	}
	if got := c.seats("developer"); got != before {
		t.Errorf("developer seats after deactivation: got %v, want %v", got, before)
	}
	c.call("PATCH", usersPath+"/"+id, patch(`{"op":"replace","value":{"active":true}}`), 200)
	if got := at(t, c.adminUser("new.starter@northwind.example"), "permissions", 0, "state"); got != 1.0 {
		t.Errorf("reactivated: got state %v, want 1", got)
	}

	if gone := c.call("DELETE", usersPath+"/"+id, "", 204); gone.raw != "" {
		t.Errorf("DELETE: got %s, want no body", gone.raw)
	}
	if user := c.adminUser("new.starter@northwind.example"); user != nil {
		t.Errorf("deleted: got %v in /users, want nothing", user)
	}
	if got := c.seats("developer"); got != before {
		t.Errorf("developer seats after deletion: got %v, want %v", got, before)
	}
	if listed := c.scimUser("new.starter@northwind.example"); listed["active"] != false || listed["id"] != id || listed[licenseKey] != nil {
		t.Errorf("deleted: got %v, want the inactive user without a license", listed)
	}
	c.call("DELETE", usersPath+"/"+id, "", 404)
	c.call("POST", usersPath, newUser, 409)
	c.call("PATCH", usersPath+"/"+id, patch(`{"op":"replace","value":{"active":true}}`), 200)
	if got := at(t, c.adminUser("new.starter@northwind.example"), "permissions", 0, "license_type"); got != "developer" {
		t.Errorf("reactivated after deletion: got the license %v, want developer", got)
	}
}
