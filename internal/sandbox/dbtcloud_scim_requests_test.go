// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// userWith is newUser with other fields; null leaves a field out.
func userWith(t *testing.T, changes string) string {
	t.Helper()
	var fields, changed map[string]json.RawMessage
	if err := json.Unmarshal([]byte(newUser), &fields); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(changes), &changed); err != nil {
		t.Fatal(err)
	}
	for name, value := range changed {
		fields[name] = value
		if string(value) == "null" {
			delete(fields, name)
		}
	}
	body, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestSCIMUserStrictness(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{WriteLimit: -1}})
	mei := usersPath + "/" + word(t, c.scimUser("mei.tanaka@northwind.example"), "id")
	for _, test := range []struct {
		changes string
		status  int
	}{
		{`{"active":null}`, 422}, {`{"name":null}`, 422}, {`{"schemas":null}`, 422}, {`{"userName":null}`, 422}, {`{"emails":null}`, 422},
		{`{"active":"true"}`, 422}, {`{"active":"False"}`, 422}, {`{"name":"New Starter"}`, 422}, {`{"externalId":7}`, 422},
		{`{"emails":[{"value":"new.starter@northwind.example","primary":"True"}]}`, 422}, {`{"emails":"new.starter@northwind.example"}`, 422},
		{`{"userName":null,"username":"new.starter@northwind.example"}`, 422},
		{`{"` + licenseKey + `":{"licenseType":"explorer"}}`, 422},
		{`{"userName":"new starter","emails":[{"value":"new starter"}]}`, 400},
		{`{"userName":"nobody","emails":[{"value":"nobody"}]}`, 400},
		{`{"emails":[{"value":"other@northwind.example","primary":true}]}`, 400}, {`{"emails":[]}`, 400},
	} {
		for method, path := range map[string]string{"POST": usersPath, "PUT": mei} {
			got := c.call(method, path, userWith(t, test.changes), test.status)
			if got.json["status"] != fmt.Sprint(test.status) || got.json["detail"] == "" || fmt.Sprint(got.json["schemas"]) != "[urn:ietf:params:scim:api:messages:2.0:Error]" {
				t.Errorf("%s %s: got %s, want a SCIM error", method, test.changes, got.raw)
			}
		}
	}
	c.call("PUT", mei, newUser, 400) // another address
	c.call("POST", usersPath, `{`, 400)
	c.call("POST", usersPath, `[]`, 422)
	c.call("PUT", usersPath+"/none", newUser, 404)
	c.call("GET", usersPath+"/none", "", 404)
	c.call("GET", usersPath+"/4101", "", 404)
	taken := c.call("POST", usersPath, userWith(t, `{"userName":"MEI.Tanaka@northwind.example","emails":[{"value":"mei.tanaka@northwind.example"}]}`), 409)
	if taken.json["scimType"] != "uniqueness" {
		t.Errorf("address that is there: got %s, want uniqueness", taken.raw)
	}
	for mediaType, status := range map[string]int{"": 415, "text/plain": 415, "application/scim+json; charset=utf-8": 200} {
		request := c.request("POST", usersPath, newUser)
		request.Header.Set("Content-Type", mediaType)
		if got, err := c.do(request); err != nil || got.status != status {
			t.Errorf("Content-Type %q: got %d, %v, want %d", mediaType, got.status, err, status)
		}
	}
	for _, request := range c.sandbox.Requests() {
		if refused := request.Status >= 400; request.CarriedOut == refused {
			t.Errorf("%s %s %d: got carried out %t", request.Method, request.Path, request.Status, request.CarriedOut)
		}
	}
}

func TestSCIMUserPatch(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	path := usersPath + "/" + word(t, c.call("POST", usersPath, userWith(t, `{"externalId":"e1"}`), 200).json, "id")
	for _, test := range []struct {
		operations, want string
		status           int
	}{
		{`{"op":"replace","value":{"active":false}}`, "New Starter e1 false", 200},
		{`{"op":"add","value":{"active":true}}`, "New Starter e1 true", 200},
		{`{"op":"replace","path":"active","value":false}`, "New Starter e1 true", 422},
		{`{"op":"replace","path":"active","value":"False"}`, "New Starter e1 true", 422},
		{`{"op":"replace","value":{"active":"False"}}`, "New Starter e1 true", 422},
		{`{"op":"Replace","value":{"active":false}}`, "New Starter e1 true", 422},
		{`{"op":"replace","value":{"name":{"givenName":"A","familyName":"B"}}}`, "New Starter e1 true", 422},
		{`{"op":"remove","path":"externalId"}`, "New Starter e1 true", 422},
		{`{"op":"replace","path":"name.givenName","value":"Newer"}`, "Newer Starter e1 true", 200},
		{`{"op":"replace","path":"name.familyName","value":"Ender"},{"op":"replace","path":"externalId","value":"e2"}`, "Newer Ender e2 true", 200},
		{`{"op":"replace","path":"name.givenName","value":"Lost"},{"op":"replace","path":"shoeSize","value":"9"}`, "Newer Ender e2 true", 400},
		{`{"op":"replace","path":"userName","value":"other@northwind.example"}`, "Newer Ender e2 true", 400},
		{`{"op":"replace","path":"userName","value":"NEW.starter@northwind.example"}`, "Newer Ender e2 true", 200},
		{`{"op":"replace","path":"active","value":{"active":false}}`, "Newer Ender e2 true", 400},
		{`{"op":"remove","path":"externalId","value":"e2"}`, "Newer Ender <nil> true", 200},
	} {
		got := c.call("PATCH", path, patch(test.operations), test.status)
		user := c.get(path).json
		state := fmt.Sprintf("%v %v %v %v", at(t, user, "name", "givenName"), at(t, user, "name", "familyName"), user["externalId"], user["active"])
		if state != test.want {
			t.Errorf("after %s: got %s, want %s", test.operations, state, test.want)
		}
		if test.status == 200 && fmt.Sprint(got.json) != fmt.Sprint(user) {
			t.Errorf("%s: got the reply %v, want what GET says: %v", test.operations, got.json, user)
		}
	}
	c.call("PATCH", path, `{"Operations":[]}`, 422)
	c.call("PATCH", path, `{"schemas":[]}`, 422)
	c.call("PATCH", path, patch(`{"value":{"active":false}}`), 422)
	if full := c.adminUser("new.starter@northwind.example"); full["fullname"] != "Newer Ender" || full["email"] != "New.Starter@northwind.example" {
		t.Errorf("user of the Administrative API: got %v, want the new name", full)
	}
}

func TestSCIMTokens(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, test := range []struct {
		path, authorization string
		status              int
	}{
		{usersPath, "Bearer " + DBTCloudSCIMToken, 200}, {usersPath, "bearer " + DBTCloudSCIMToken, 200},
		{usersPath, "Token " + DBTCloudSCIMToken, 401}, {usersPath, "Bearer wrong", 401}, {usersPath, "", 401},
		{usersPath, "Bearer " + DBTCloudToken, 403}, {usersPath, "Token " + DBTCloudToken, 403},
		{v3 + "/users/", "Bearer " + DBTCloudSCIMToken, 401}, {v3 + "/users/", "Token " + DBTCloudSCIMToken, 401},
		{v3 + "/scim-config/", "Token " + DBTCloudSCIMToken, 401}, {v3 + "/users/", "Bearer " + DBTCloudToken, 200},
		{strings.Replace(usersPath, "12345", "99001", 1), "Bearer " + DBTCloudSCIMToken, 404},
		{v3 + "/scim/v2/Wrong", "Bearer " + DBTCloudSCIMToken, 404},
	} {
		request := c.request("GET", test.path, "")
		request.Header.Set("Authorization", test.authorization)
		got, err := c.do(request)
		if err != nil || got.status != test.status {
			t.Errorf("GET %s as %q: got %d, %v, want %d", test.path, test.authorization, got.status, err, test.status)
		}
		if strings.Contains(test.path, "/scim/") && test.status != 200 && got.json["status"] != fmt.Sprint(test.status) {
			t.Errorf("GET %s as %q: got %s, want a SCIM error", test.path, test.authorization, got.raw)
		}
	}
	c.call("PUT", usersPath, newUser, 405)
}

func TestSCIMLimitsWritesOfUsers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{WriteLimit: 3, WriteWindow: time.Hour}})
	path := usersPath + "/" + word(t, c.call("POST", usersPath, newUser, 200).json, "id")
	c.call("POST", usersPath, newUser, 409)
	c.call("PUT", path, newUser, 200)
	for method, where := range map[string]string{"PUT": path, "POST": usersPath} {
		refused := c.call(method, where, newUser, 429)
		for _, field := range []string{"Retry-After", "x-rate-limit-retry-after-seconds"} {
			if wait, err := time.ParseDuration(refused.header.Get(field) + "s"); err != nil || wait <= 0 || wait > time.Hour {
				t.Errorf("%s: got %q, want the seconds until the window ends", field, refused.header.Get(field))
			}
		}
	}
	c.get(path)
	c.call("PATCH", path, patch(`{"op":"replace","value":{"active":false}}`), 200)
	c.call("POST", groupsPath, `{"schemas":[],"displayName":"Newcomers"}`, 200)
	c.call("DELETE", path, "", 204)
}

func TestSCIMLimitEndsWithItsWindow(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{WriteLimit: 1, WriteWindow: 20 * time.Millisecond}})
	c.call("POST", usersPath, newUser, 200)
	for begun := time.Now(); time.Since(begun) < 10*time.Second; {
		if got, err := c.do(c.request("POST", usersPath, newUser)); err == nil && got.status == http.StatusConflict {
			return
		}
	}
	t.Error("POST after the window: got 429 for ten seconds, want it let through")
}

func TestSCIMAllowsTwentyWritesByDefault(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{WriteWindow: time.Hour}})
	for n := range 21 {
		want := 422
		if n == 20 {
			want = 429
		}
		c.call("POST", usersPath, `{}`, want)
	}
	c = start(t, Options{DBTCloud: DBTCloudBehavior{WriteLimit: -1, WriteWindow: time.Hour}})
	for range 30 {
		c.call("POST", usersPath, `{}`, 422)
	}
}

func TestSCIMLostAnswers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.sandbox.Inject(Fault{Method: "POST", PathPrefix: usersPath, Times: 1, Status: 502, EffectAfter: 20 * time.Millisecond})
	if got := c.call("POST", usersPath, newUser, 502); got.json["status"] != "502" {
		t.Errorf("502: got %s, want a SCIM error", got.raw)
	}
	c.sandbox.Wait()
	id := word(t, c.scimUser("new.starter@northwind.example"), "id")
	c.sandbox.Inject(Fault{Method: "DELETE", PathPrefix: usersPath, Times: 1, Cut: true, AfterEffect: true})
	if _, err := c.do(c.request("DELETE", usersPath+"/"+id, "")); err == nil {
		t.Error("cut DELETE: got an answer, want none")
	}
	c.sandbox.Wait()
	if c.scimUser("new.starter@northwind.example")["active"] != false {
		t.Error("after a DELETE whose answer was lost: got an active user, want an inactive one")
	}
	c.sandbox.Inject(Fault{Method: "PUT", Times: 1, Status: 503})
	c.call("PUT", usersPath+"/"+id, newUser, 503)
	var outcomes []string
	for _, request := range c.sandbox.Requests() {
		if request.Method != http.MethodGet {
			outcomes = append(outcomes, fmt.Sprintf("%s %d %t", request.Method, request.Status, request.CarriedOut))
		}
	}
	if got, want := strings.Join(outcomes, ", "), "POST 502 true, DELETE 0 true, PUT 503 false"; got != want {
		t.Errorf("changes: got %s, want %s", got, want)
	}
}
