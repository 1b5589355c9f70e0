// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// protocol is a provider that is spoken to as a CLI does, for what only newer
// ones ask for.
type protocol struct {
	tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

const inviteType = "datastack_fivetran_user_invite"

// serve starts a provider that knows the company's Fivetran.
func (c *company) serve(t *testing.T) *protocol {
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
	fivetran := object(p.schemas.Provider.ValueType(), "fivetran", map[string]string{
		"api_key": sandbox.FivetranKey, "api_secret": sandbox.FivetranSecret, "base_url": c.url,
	})
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0",
		Config:           p.value(t, p.schemas.Provider.ValueType(), map[string]tftypes.Value{"fivetran": fivetran}),
	})
	if err != nil {
		t.Fatal(err)
	}
	p.fine(t, configured.Diagnostics)
	return p
}

// object is a value of strings for an attribute that is an object.
func object(of tftypes.Type, attribute string, texts map[string]string) tftypes.Value {
	typ := of.(tftypes.Object).AttributeTypes[attribute].(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name := range typ.AttributeTypes {
		values[name] = tftypes.NewValue(typ.AttributeTypes[name], nil)
		if text, ok := texts[name]; ok {
			values[name] = tftypes.NewValue(tftypes.String, text)
		}
	}
	return tftypes.NewValue(typ, values)
}

// value is an object in which what is not given is null.
func (p *protocol) value(t *testing.T, of tftypes.Type, given map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	values := map[string]tftypes.Value{}
	for name, typ := range of.(tftypes.Object).AttributeTypes {
		values[name] = tftypes.NewValue(typ, nil)
		if v, ok := given[name]; ok {
			values[name] = v
		}
	}
	encoded, err := tfprotov6.NewDynamicValue(of, tftypes.NewValue(of, values))
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

func (p *protocol) fine(t *testing.T, diagnostics []*tfprotov6.Diagnostic) {
	t.Helper()
	for _, d := range diagnostics {
		t.Errorf("got the diagnostic %s: %s", d.Summary, d.Detail)
	}
}

// stringsOf takes the strings out of a state or an identity.
func stringsOf(t *testing.T, encoded *tfprotov6.DynamicValue, typ tftypes.Type) map[string]string {
	t.Helper()
	value, err := encoded.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	var attributes map[string]tftypes.Value
	if err := value.As(&attributes); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for name, attribute := range attributes {
		var text *string
		if attribute.Type().Is(tftypes.String) && attribute.IsFullyKnown() && attribute.As(&text) == nil && text != nil {
			found[name] = *text
		}
	}
	return found
}

func (p *protocol) identityType(t *testing.T) tftypes.Type {
	t.Helper()
	schemas, err := p.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return schemas.IdentitySchemas[inviteType].ValueType()
}

func TestFivetranUserInviteImportByIdentity(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	p := c.serve(t)
	identity := p.identityType(t)
	given := p.value(t, identity, map[string]tftypes.Value{"user_id": tftypes.NewValue(tftypes.String, "ferry_blink")})
	imported, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
		TypeName: inviteType, Identity: &tfprotov6.ResourceIdentityData{IdentityData: given},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.fine(t, imported.Diagnostics)
	resource := imported.ImportedResources[0]
	read, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: inviteType, CurrentState: resource.State, CurrentIdentity: resource.Identity, Private: resource.Private,
	})
	if err != nil {
		t.Fatal(err)
	}
	p.fine(t, read.Diagnostics)
	if got := stringsOf(t, read.NewState, p.schemas.ResourceSchemas[inviteType].ValueType())["email"]; got != "mei.tanaka@northwind.example" {
		t.Errorf("got the address %q", got)
	}
	if got := stringsOf(t, read.NewIdentity.IdentityData, identity)["user_id"]; got != "ferry_blink" {
		t.Errorf("got the identity %q", got)
	}
}

func TestFivetranUserInviteMovesFivetranUser(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	p := c.serve(t)
	const source = `{"id":"ferry_blink","email":"mei.tanaka@northwind.example","given_name":"Mei","family_name":"Tanaka","role":"Account Analyst",
		"phone":"","picture":null,"invited":false,"verified":true,"created_at":"2024-01-01 00:00:00 +0000 UTC","logged_in_at":"0001-01-01 00:00:00 +0000 UTC"}`
	moved, err := p.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: "registry.terraform.io/fivetran/fivetran", SourceTypeName: "fivetran_user",
		SourceState: &tfprotov6.RawState{JSON: []byte(source)}, TargetTypeName: inviteType,
	})
	if err != nil {
		t.Fatal(err)
	}
	p.fine(t, moved.Diagnostics)
	if len(c.Requests()) != 0 {
		t.Errorf("moving sent %v, want no request", c.Requests())
	}
	typ := p.schemas.ResourceSchemas[inviteType].ValueType()
	got := stringsOf(t, moved.TargetState, typ)
	for name, want := range map[string]string{"id": "ferry_blink", "email": "mei.tanaka@northwind.example", "role": "Account Analyst", "phone": "", "logged_in_at": ""} {
		if got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
	read, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: inviteType, CurrentState: moved.TargetState, CurrentIdentity: moved.TargetIdentity, Private: moved.TargetPrivate,
	})
	if err != nil {
		t.Fatal(err)
	}
	p.fine(t, read.Diagnostics)
	if got := stringsOf(t, read.NewState, typ)["status"]; got != "active" {
		t.Errorf("after the first refresh: got the status %q, want active", got)
	}
}

func TestFivetranUserInviteMovesNothingElse(t *testing.T) {
	t.Parallel()
	p := newCompany(t, sandbox.Options{}).serve(t)
	for _, source := range []struct{ provider, typ, state string }{
		{"registry.terraform.io/fivetran/fivetran", "fivetran_group", `{"id":"a"}`},
		{"registry.terraform.io/someone/else", "fivetran_user", `{"id":"a"}`},
		{"registry.terraform.io/fivetran/fivetran", "fivetran_user", `{}`},
		{"registry.terraform.io/fivetran/fivetran", "fivetran_user", `[]`},
	} {
		moved, err := p.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
			SourceProviderAddress: source.provider, SourceTypeName: source.typ,
			SourceState: &tfprotov6.RawState{JSON: []byte(source.state)}, TargetTypeName: inviteType,
		})
		if err != nil || len(moved.Diagnostics) == 0 {
			t.Errorf("%v: got error %v and no diagnostic, want one", source, err)
		}
	}
}

func TestFivetranUserInviteList(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	p := c.serve(t)
	lister, ok := p.ProviderServer.(interface {
		ListResource(context.Context, *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error)
	})
	if !ok {
		t.Fatal("the provider lists no resources")
	}
	typ := p.schemas.ResourceSchemas[inviteType].ValueType()
	identity := p.identityType(t)
	config := p.schemas.ListResourceSchemas[inviteType].ValueType()
	list := func(limit int64, filters map[string]tftypes.Value) map[string]string {
		t.Helper()
		stream, err := lister.ListResource(t.Context(), &tfprotov6.ListResourceRequest{
			TypeName: inviteType, IncludeResource: true, Limit: limit, Config: p.value(t, config, filters),
		})
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]string{}
		for result := range stream.Results {
			p.fine(t, result.Diagnostics)
			id := stringsOf(t, result.Identity.IdentityData, identity)["user_id"]
			resource := stringsOf(t, result.Resource, typ)
			if resource["id"] != id || resource["email"] != result.DisplayName {
				t.Errorf("got the resource %v for %s, %s", resource, id, result.DisplayName)
			}
			found[id] = result.DisplayName
		}
		return found
	}
	people := 0
	for _, user := range c.FivetranUsers() {
		if user.Email != nil {
			people++
		}
	}
	if got := list(1000, nil); len(got) != people {
		t.Errorf("got %d people, want %d: all who have an address", len(got), people)
	}
	if got := list(2, nil); len(got) != 2 {
		t.Errorf("got %d people, want 2, the limit", len(got))
	}
	listOfText := tftypes.List{ElementType: tftypes.String}
	filters := map[string]tftypes.Value{
		"roles":    tftypes.NewValue(listOfText, []tftypes.Value{tftypes.NewValue(tftypes.String, "Account Reviewer")}),
		"statuses": tftypes.NewValue(listOfText, []tftypes.Value{tftypes.NewValue(tftypes.String, "invited")}),
	}
	if got := list(1000, filters); len(got) != 2 || got["cinder_fold"] == "" || got["juniper_ask"] == "" {
		t.Errorf("got the invited reviewers %v, want cinder_fold and juniper_ask", got)
	}
}

// TestFivetranUserInviteCancelled ends an apply while the invite is under way:
// the person is in the account, so the state has to say so.
func TestFivetranUserInviteCancelled(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	p := c.serve(t)
	typ := p.schemas.ResourceSchemas[inviteType].ValueType()
	none := p.none(t, typ)
	config := p.value(t, typ, map[string]tftypes.Value{
		"email":       tftypes.NewValue(tftypes.String, "ada@northwind.example"),
		"given_name":  tftypes.NewValue(tftypes.String, "Ada"),
		"family_name": tftypes.NewValue(tftypes.String, "Lovelace"),
	})
	plan, err := p.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: inviteType, PriorState: none, ProposedNewState: config, Config: config})
	if err != nil {
		t.Fatal(err)
	}
	p.fine(t, plan.Diagnostics)

	c.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/v1/users", Times: 1, Delay: 2 * time.Second, AfterEffect: true})
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		for c.Count(http.MethodPost, "/v1/users") == 0 {
			runtime.Gosched()
		}
		interrupt()
	}()
	applied, err := p.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: inviteType, PriorState: none, PlannedState: plan.PlannedState, Config: config, PlannedPrivate: plan.PlannedPrivate,
	})
	if err != nil {
		t.Fatal(err)
	}
	p.fine(t, applied.Diagnostics)
	if got, want := stringsOf(t, applied.NewState, typ)["id"], c.userID(t, "ada@northwind.example"); got != want {
		t.Errorf("got the id %q in state, want %q", got, want)
	}
}

// none is the state of what does not exist.
func (p *protocol) none(t *testing.T, of tftypes.Type) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(of, tftypes.NewValue(of, nil))
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}
