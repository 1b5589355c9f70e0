// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// expressions are what HCL makes of what was read: an expression, and its value
// as JSON.
type expressions map[string]string

// reading is a step of the real CLI that reads hcl and evaluates expressions on
// it. Its second plan must be empty.
func (c *company) reading(hcl string, want expressions) resource.TestStep {
	for i, expression := range want.sorted() {
		// As text, since an output that is null is not there.
		hcl += fmt.Sprintf("\noutput \"expression%d\" { value = jsonencode(%s) }", i, expression)
	}
	return resource.TestStep{Config: c.config(hcl), ConfigStateChecks: []statecheck.StateCheck{want}}
}

func (want expressions) sorted() []string { return slices.Sorted(maps.Keys(want)) }

func (want expressions) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	for i, expression := range want.sorted() {
		output := req.State.Values.Outputs[fmt.Sprintf("expression%d", i)]
		if output == nil {
			resp.Error = errors.Join(resp.Error, fmt.Errorf("%s: there is no such output", expression))
			continue
		}
		if got, _ := output.Value.(string); !sameJSON(got, want[expression]) {
			resp.Error = errors.Join(resp.Error, fmt.Errorf("%s\n got %s\nwant %s", expression, got, want[expression]))
		}
	}
}

// saying matches an error text that has these parts in this order, however
// the CLI wraps it.
func saying(parts ...string) *regexp.Regexp {
	for i, part := range parts {
		words := strings.Fields(part)
		for j, word := range words {
			words[j] = regexp.QuoteMeta(word)
		}
		parts[i] = strings.Join(words, `\s+`)
	}
	return regexp.MustCompile("(?s)" + strings.Join(parts, ".*"))
}

// upwards is a list of count numbers as JSON.
func upwards(first, step, count int) string {
	numbers := make([]string, count)
	for i := range numbers {
		numbers[i] = strconv.Itoa(first + i*step)
	}
	return "[" + strings.Join(numbers, ",") + "]"
}

func sameJSON(a, b string) bool {
	var first, second any
	return json.Unmarshal([]byte(a), &first) == nil && json.Unmarshal([]byte(b), &second) == nil && reflect.DeepEqual(first, second)
}

// settings is a provider block for all three services of the company, as JSON.
// It gives up on faults after a second.
func (c *company) settings() string {
	return fmt.Sprintf(`{
		"dbtcloud": {"token": %q, "account_id": %d, "base_url": %q},
		"rudderstack": {"scim_token": %q, "scim_base_url": %q},
		"fivetran": {"api_key": %q, "api_secret": %q, "base_url": %q},
		"retry_timeout": "1s"
	}`, sandbox.DBTCloudToken, sandbox.DBTCloudAccount, c.url, sandbox.SCIMToken, c.url, sandbox.FivetranKey, sandbox.FivetranSecret, c.url)
}

// open configures a provider as a CLI command does, without a CLI: for what a CLI
// does not return to a test, such as warnings.
func open(t *testing.T, block string) *protocol {
	t.Helper()
	server, err := factories["datastack"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	p := &protocol{server, schemas}
	p.fine(t, schemas.Diagnostics)
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.11.4",
		Config:           dynamicValue(t, schemas.Provider.ValueType(), block),
	})
	if err != nil {
		t.Fatal(err)
	}
	p.fine(t, configured.Diagnostics)
	return p
}

// read reads a data source with arguments written as JSON, and returns its state
// as JSON, and its messages.
func (p *protocol) read(t *testing.T, name, arguments string) (state, said string) {
	t.Helper()
	typ := p.schemas.DataSourceSchemas[name].ValueType()
	answer, err := p.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: dynamicValue(t, typ, arguments)})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range answer.Diagnostics {
		said += fmt.Sprintf("%s at %s: %s: %s\n", d.Severity, d.Attribute, d.Summary, d.Detail)
	}
	value, err := answer.State.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(plain(value))
	if err != nil {
		t.Fatal(err)
	}
	return string(text), said
}

// reads checks a data source without messages.
func (p *protocol) reads(t *testing.T, name, arguments, want string) {
	t.Helper()
	got, said := p.read(t, name, arguments)
	if said != "" || !sameJSON(got, want) {
		t.Errorf("%s %s:\n got %s\nwant %s\nsaid %s", name, arguments, got, want, said)
	}
}

// expectSaid checks that messages have these parts, in this order.
func expectSaid(t *testing.T, said string, parts ...string) {
	t.Helper()
	rest := said
	for _, part := range parts {
		_, after, found := strings.Cut(rest, part)
		if !found {
			t.Errorf("got the message\n%s\nwant in it %q, in the order %q", said, part, parts)
			return
		}
		rest = after
	}
}

// dynamicValue makes a block of JSON. What is left out is null.
func dynamicValue(t *testing.T, typ tftypes.Type, block string) *tfprotov6.DynamicValue {
	t.Helper()
	value, err := tfprotov6.RawState{JSON: []byte(block)}.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	dynamic, err := tfprotov6.NewDynamicValue(typ, value)
	if err != nil {
		t.Fatal(err)
	}
	return &dynamic
}

// plain turns a value into what encoding/json knows.
func plain(value tftypes.Value) any {
	var (
		text       string
		number     big.Float
		flag       bool
		list       []tftypes.Value
		attributes map[string]tftypes.Value
	)
	switch {
	case value.IsNull():
		return nil
	case value.As(&text) == nil:
		return text
	case value.As(&flag) == nil:
		return flag
	case value.As(&list) == nil:
		texts := make([]any, len(list))
		for i, element := range list {
			texts[i] = plain(element)
		}
		return texts
	case value.As(&attributes) == nil:
		texts := make(map[string]any, len(attributes))
		for name, attribute := range attributes {
			texts[name] = plain(attribute)
		}
		return texts
	case value.As(&number) == nil:
		return json.Number(number.Text('f', -1))
	}
	return value.String()
}
