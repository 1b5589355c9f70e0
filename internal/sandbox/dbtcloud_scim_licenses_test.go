// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"strings"
	"testing"
)

// licensed is the field of a user with a license type.
func licensed(license string) string {
	return fmt.Sprintf(`%q:{"licenseType":%q}`, licenseKey, license)
}

func TestSCIMControlsLicensesOnlyWhereItDoes(t *testing.T) {
	t.Parallel()
	for controls, want := range map[bool]string{false: "developer", true: "read_only"} {
		c := start(t, Options{DBTCloud: DBTCloudBehavior{SCIMControlsLicenses: controls}})
		if got := at(t, c.get(v3+"/scim-config/").json, "data", "scim_controlled_license_type"); got != controls {
			t.Errorf("scim_controlled_license_type: got %v, want %t", got, controls)
		}
		created := c.call("POST", usersPath, userWith(t, `{`+licensed("read_only")+`}`), 200).json
		path := usersPath + "/" + word(t, created, "id")
		if got := at(t, created, licenseKey, "licenseType"); got != want {
			t.Errorf("controls %t: got %v, want %s", controls, got, want)
		}
		if got := at(t, c.adminUser("new.starter@northwind.example"), "permissions", 0, "license_type"); got != want {
			t.Errorf("controls %t, Administrative API: got %v, want %s", controls, got, want)
		}
		c.call("PUT", path, newUser, 200)
		if got := at(t, c.get(path).json, licenseKey, "licenseType"); got != want {
			t.Errorf("controls %t, PUT without a license: got %v, want %s", controls, got, want)
		}
		if !controls {
			continue
		}
		c.call("PUT", path, userWith(t, `{`+licensed("developer")+`}`), 200)
		if got := at(t, c.adminUser("new.starter@northwind.example"), "licenses", "12345", "license_type"); got != "developer" {
			t.Errorf("PUT: got %v, want developer", got)
		}
		c.call("PATCH", path, patch(`{"op":"replace","path":"`+licenseKey+`:licenseType","value":"read_only"}`), 200)
		if got := at(t, c.get(path).json, licenseKey, "licenseType"); got != "read_only" {
			t.Errorf("PATCH: got %v, want read_only", got)
		}
		c.call("PATCH", path, patch(`{"op":"replace","path":"`+licenseKey+`:licenseType","value":"explorer"}`), 422)
	}
}

func TestSCIMSeats(t *testing.T) {
	t.Parallel()
	used := int(start(t, Options{}).seats("developer").(float64))
	c := start(t, Options{DBTCloud: DBTCloudBehavior{SCIMControlsLicenses: true, Seats: map[string]int{"developer": used + 1, "it": 2, "analyst": 0}}})
	path := usersPath + "/" + word(t, c.call("POST", usersPath, newUser, 200).json, "id")
	second := `{"userName":"second@northwind.example","emails":[{"value":"second@northwind.example"}]`
	refuse := func(method, where, body, detail string) {
		t.Helper()
		if got := c.call(method, where, body, 400); !strings.Contains(fmt.Sprint(got.json["detail"]), detail) {
			t.Errorf("%s: got %s, want %q", method, got.raw, detail)
		}
	}
	refuse("POST", usersPath, userWith(t, second+`}`), "no developer licenses left")
	refuse("POST", usersPath, userWith(t, second+`,`+licensed("analyst")+`}`), "analyst is not available")
	if user := c.adminUser("second@northwind.example"); user != nil {
		t.Errorf("refused: got the user %v, want none", user)
	}
	// Without a license there is no seat to take.
	other := usersPath + "/" + word(t, c.call("POST", usersPath, userWith(t, second+`,"active":false}`), 200).json, "id")
	if c.get(other).json["active"] != false || c.get(other).json[licenseKey] != nil {
		t.Errorf("created inactive: got %v, want no license", c.get(other).json)
	}
	activate := patch(`{"op":"replace","value":{"active":true}}`)
	refuse("PATCH", other, activate, "no developer licenses left")
	c.call("PUT", path, userWith(t, `{`+licensed("it")+`}`), 200)
	c.call("PATCH", other, activate, 200)
	refuse("PUT", path, userWith(t, `{`+licensed("developer")+`}`), "no developer licenses left")
	c.call("DELETE", other, "", 204)
	c.call("PUT", path, userWith(t, `{`+licensed("developer")+`}`), 200)
	if got, it := c.seats("developer"), c.seats("it"); got != float64(used+1) || it != 1.0 {
		t.Errorf("seats: got %v developer and %v it, want %d and 1", got, it, used+1)
	}
}

func TestSCIMUsersWhoHaveToAccept(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{PendingUsers: true}})
	before := c.seats("developer")
	created := c.call("POST", usersPath, newUser, 200).json
	if created["active"] != true || at(t, created, licenseKey, "licenseType") != "developer" {
		t.Errorf("created: got %v, want an active user", created)
	}
	join := patch(`{"op":"add","path":"members","value":[` + memberWith(word(t, created, "id")) + `]}`)
	analysts := groupsPath + "/" + word(t, c.scimGroup("Analysts"), "id")
	if got := c.call("PATCH", analysts, join, 400); got.json["detail"] != "All users must have licenses on the account" {
		t.Errorf("pending member: got %s, want the license to be missed", got.raw)
	}
	if user := c.adminUser("new.starter@northwind.example"); user != nil || c.seats("developer") != before {
		t.Errorf("pending: got %v in /users, want nothing, and no seat taken", user)
	}
	if c.sandbox.AcceptDBTCloudInvite("mei.tanaka@northwind.example") || !c.sandbox.AcceptDBTCloudInvite("NEW.starter@northwind.example") {
		t.Error("AcceptDBTCloudInvite: got the opposite of who was invited")
	}
	if user := c.adminUser("new.starter@northwind.example"); at(t, user, "permissions", 0, "license_type") != "developer" {
		t.Errorf("accepted: got %v, want a developer license", user)
	}
	c.call("PATCH", analysts, join, 200)
}

func TestDBTCloudMayHideDeactivatedUsers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{HideDeactivated: true}})
	path := usersPath + "/" + word(t, c.scimUser("mei.tanaka@northwind.example"), "id")
	c.call("PATCH", path, patch(`{"op":"replace","value":{"active":false}}`), 200)
	if user := c.adminUser("mei.tanaka@northwind.example"); user != nil {
		t.Errorf("deactivated: got %v, want nothing", user)
	}
	c.call("PATCH", path, patch(`{"op":"replace","value":{"active":true}}`), 200)
	if got, _ := c.adminMembers("Analytics Engineering"); !strings.Contains(got, "mei.tanaka") {
		t.Errorf("reactivated: got %s in the group, want mei.tanaka too", got)
	}
}
