// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// ocsf is the part of OCSF that testdata/ocsf-1.6.0.json has.
type ocsf struct {
	Objects map[string]struct {
		Attributes map[string]struct {
			Type        string            `json:"type"`
			Array       bool              `json:"array"`
			Requirement string            `json:"requirement"`
			Sibling     string            `json:"sibling"`
			Enum        map[string]string `json:"enum"`
		} `json:"attributes"`
		AtLeastOne []string `json:"at_least_one"`
	} `json:"objects"`
	Types map[string]struct {
		Type  string `json:"type"`
		Regex string `json:"regex"`
	} `json:"types"`
}

func readOCSF(t *testing.T) ocsf {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "ocsf-"+schemaVersion+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var schema ocsf
	if err := json.Unmarshal(content, &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// object returns what is wrong with an object.
func (s ocsf) object(at, name string, value map[string]any) (wrong []string) {
	object := s.Objects[name]
	if len(object.AtLeastOne) > 0 && !slices.ContainsFunc(object.AtLeastOne, func(one string) bool { return value[one] != nil }) {
		wrong = append(wrong, fmt.Sprintf("%s has none of %v", at, object.AtLeastOne))
	}
	for attribute, a := range object.Attributes {
		given, ok := value[attribute]
		switch {
		case !ok && a.Requirement == "required":
			wrong = append(wrong, fmt.Sprintf("%s lacks %s", at, attribute))
		case !ok:
		case a.Array:
			elements, _ := given.([]any)
			if len(elements) == 0 {
				wrong = append(wrong, fmt.Sprintf("%s.%s is no list with elements", at, attribute))
			}
			for _, element := range elements {
				wrong = append(wrong, s.value(at+"."+attribute, a.Type, element)...)
			}
		default:
			wrong = append(wrong, s.value(at+"."+attribute, a.Type, given)...)
		}
		if caption, known := a.Enum[fmt.Sprint(given)]; ok && a.Enum != nil {
			sibling, named := value[a.Sibling]
			switch {
			case !known:
				wrong = append(wrong, fmt.Sprintf("%s.%s: %v is no value of the enum", at, attribute, given))
			case named && caption != "Other" && sibling != caption, named && caption == "Other" && slices.Contains(captions(a.Enum), fmt.Sprint(sibling)):
				wrong = append(wrong, fmt.Sprintf("%s.%s is %v, and %s is %v", at, attribute, given, a.Sibling, sibling))
			}
		}
	}
	for attribute := range value {
		if _, ok := object.Attributes[attribute]; !ok {
			wrong = append(wrong, fmt.Sprintf("%s.%s is unknown", at, attribute))
		}
	}
	return wrong
}

func captions(enum map[string]string) (all []string) {
	for _, caption := range enum {
		all = append(all, caption)
	}
	return all
}

// value returns what is wrong with a value that is to be of a type.
func (s ocsf) value(at, kind string, value any) []string {
	if _, ok := s.Objects[kind]; ok {
		object, _ := value.(map[string]any)
		return s.object(at, kind, object)
	}
	number, isNumber := value.(float64)
	text, isText := value.(string)
	_, isObject := value.(map[string]any)
	var ok bool
	switch cmp.Or(s.Types[kind].Type, kind) {
	case "object":
		ok = isObject
	case "integer_t", "long_t":
		ok = isNumber && number == math.Trunc(number) && (kind != "port_t" || number > 0 && number < 1<<16)
	case "string_t":
		ok = isText && text != "" && regexp.MustCompile(s.Types[kind].Regex).MatchString(text)
	}
	if !ok {
		return []string{fmt.Sprintf("%s: %v is no %s", at, value, kind)}
	}
	return nil
}

// wrongIn returns what is wrong with a line.
func (s ocsf) wrongIn(t *testing.T, line string) []string {
	t.Helper()
	var value map[string]any
	if err := json.Unmarshal([]byte(line), &value); err != nil {
		t.Fatal(err)
	}
	wrong := s.object("event", "account_change", value)
	if class, activity := value["class_uid"].(float64), value["activity_id"].(float64); value["type_uid"] != class*100+activity {
		wrong = append(wrong, fmt.Sprintf("type_uid is %v", value["type_uid"]))
	}
	return wrong
}

// TestEveryLineIsOCSF compares the lines of every activity, outcome, actor and
// kind of target with OCSF. Those of the clients are among them.
func TestEveryLineIsOCSF(t *testing.T) {
	t.Parallel()
	schema := readOCSF(t)
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	log.sync = func(*os.File) error { return nil }
	for _, c := range everyChange(t) {
		record(t, log, c)
	}
	lines := 0
	for line := range strings.Lines(logContent(t, log)) {
		lines++
		if wrong := schema.wrongIn(t, line); wrong != nil {
			t.Errorf("%v: %s", wrong, line)
		}
	}
	if lines < 1000 {
		t.Errorf("compared %d lines", lines)
	}
}

// everyChange is everything that can be in a line, in turn.
func everyChange(t *testing.T) (changes []recordedChange) {
	t.Helper()
	actors := []Actor{{}, owner, systemKey, {AccountName: "Acme"}, {Kind: User, ID: "nozzle_eat", Email: "nora@localhost"}, {Kind: SCIMToken, AccountID: "12345"}}
	outcomes := []rest.Outcome{
		{Result: rest.ResultSuccess, ID: "wolf_lamp", Status: 201}, {Result: rest.ResultFailure, Status: 409, Err: errRefused}, {Result: rest.ResultUnknown, Err: errLost},
		{Result: rest.ResultSuccess, Activity: rest.ActivityAdopt, Status: 409, Detail: "The user was in the account before."},
	}
	team := &rest.Group{ID: "sales_team", Name: "Sales", Type: "Team"}
	targets := []rest.Target{
		{Email: "jane@example.com"}, {Email: "jürgen@münchen.example", Role: new("")}, {ID: "wolf_lamp", Email: "jane@localhost", RoleBefore: new(""), Fields: []string{"role"}},
		{ID: "wolf_lamp", Group: team, Role: new("Team Member")}, {ID: "wolf_lamp", Group: &rest.Group{ID: "sales_team", Type: "Team"}},
		{Kind: rest.GroupTarget, Name: "Analysts", Added: []string{"7"}}, {Kind: rest.GroupTarget, ID: "12", Removed: []string{"7"}},
	}
	for _, activity := range activities(t) {
		for i, actor := range actors {
			for _, outcome := range outcomes {
				for j, target := range targets {
					target.Activity = activity
					url := []string{"https://api.fivetran.com/v1/users?limit=1", "http://[::1]:8080/v1/teams/a%2Fb/users"}[(i+j)%2]
					changes = append(changes, recordedChange{actor, []string{"POST", "PATCH", "DELETE", "PUT"}[j%4], url, target, outcome})
				}
			}
		}
	}
	return changes
}

// activities are those that rest declares.
func activities(t *testing.T) (all []rest.Activity) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "rest", "change.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if spec, ok := node.(*ast.ValueSpec); ok {
			if name, ok := spec.Type.(*ast.Ident); ok && name.Name == "Activity" {
				value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Error(err)
				}
				all = append(all, rest.Activity(value))
			}
		}
		return true
	})
	if len(all) < 10 {
		t.Fatalf("found %v", all)
	}
	return all
}

// TestEveryActivityHasAName, which no other one has.
func TestEveryActivityHasAName(t *testing.T) {
	t.Parallel()
	names := map[string]rest.Activity{"Unknown": ""}
	for _, activity := range activities(t) {
		_, name := activityInOCSF(activity)
		if other, ok := names[name]; ok && (name != "Create" || other != rest.ActivityInvite) {
			t.Errorf("%q is %s, as %q is", activity, name, other)
		}
		names[name] = activity
	}
}

// TestOCSFRefuses what is wrong: the comparison can fail.
func TestOCSFRefuses(t *testing.T) {
	t.Parallel()
	schema := readOCSF(t)
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	record(t, log, oneInvite)
	first, _, _ := strings.Cut(logContent(t, log), "\n")
	for _, change := range [][2]string{
		{`"time":`, `"time_":`},
		{`"activity_id":1`, `"activity_id":13`},
		{`"activity_id":1`, `"activity_id":6`},
		{`"activity_name":"Create"`, `"activity_name":"Delete"`},
		{`"activity_name":"Create"`, `"activity_name":"Invite"`},
		{`"type_uid":300101`, `"type_uid":300106`},
		{`"status_id":99,"status":"Pending"`, `"status_id":99,"status":"Success"`},
		{`"http_method":"POST"`, `"http_method":"SEND"`},
		{`"email_addr":"jane@example.com"`, `"email_addr":"jane@localhost"`},
		{`"type_id":1,"type":"User"}`, `"type_id":1,"type":"Person"}`},
		{`"name":"jane@example.com"`, `"name":7`},
		{`"version":"1.6.0",`, ``},
		{`"unmapped":{`, `"role":"x","unmapped":{`},
		{`"hostname":"api.fivetran.com"`, `"hostname":""`},
	} {
		if line := strings.Replace(first, change[0], change[1], 1); line == first || schema.wrongIn(t, line) == nil {
			t.Errorf("%v is not refused in %s", change, line)
		}
	}
	if wrong := schema.wrongIn(t, first); wrong != nil {
		t.Error(errors.New(strings.Join(wrong, "; ")))
	}
}

// TestEveryFieldIsDocumented in the guide.
func TestEveryFieldIsDocumented(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join("..", "..", "templates", "guides", "onboard-people.md.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]bool{}
	for _, c := range everyChange(t)[:500] {
		c.target.Fields = []string{"role"}
		e := newEvent(c.target, c.actor).ended(c.outcome)
		e.HTTPRequest = requestObject{URL: urlInOCSF("https://host:8080/v1/users")}
		e.Metadata.Product.Version, e.Unmapped.RunID = "1.2.3", "run-1"
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var value map[string]any
		if err := json.Unmarshal(line, &value); err != nil {
			t.Fatal(err)
		}
		addLeaves(fields, "", value)
	}
	for field := range fields {
		if !strings.Contains(string(guide), "`"+field+"`") {
			t.Errorf("the guide has no `%s`", field)
		}
	}
}

func addLeaves(fields map[string]bool, prefix string, value map[string]any) {
	for name, v := range value {
		name = prefix + name
		switch v := v.(type) {
		case map[string]any:
			addLeaves(fields, name+".", v)
		case []any:
			if element, ok := v[0].(map[string]any); ok {
				addLeaves(fields, name+"[].", element)
				continue
			}
			fields[name] = true
		default:
			fields[name] = true
		}
	}
}
