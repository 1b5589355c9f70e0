// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
)

// Keys of private state.
const (
	// appliedKey is an appliedInvite.
	appliedKey = "applied"
	// formerEmailKey is the address that the user had before it changed in
	// Fivetran.
	formerEmailKey = "former_email"
	// replacesKey is written when the plan of a user begins. Terraform hands the
	// private state on to the second half of a replacement, where there is no
	// state any more: it is the id of the user that the same resource deletes.
	replacesKey = "replaces"
)

// appliedInvite is what private state remembers of the configuration when
// Terraform last changed something. It does so only with a change: Terraform
// drops the private state of a plan without one.
type appliedInvite struct {
	// Role says whether the configuration set the role, nil where that is not
	// known.
	Role *bool `json:"role,omitempty"`
	// Phone and Picture say whether the configuration set them.
	Phone   bool `json:"phone,omitempty"`
	Picture bool `json:"picture,omitempty"`
	// Stored are the fields that Fivetran keeps in another form than they were
	// sent, such as a picture that becomes a URL.
	Stored map[string]storedValue `json:"stored,omitempty"`
}

// storedValue is the form that Fivetran gave to a value.
type storedValue struct {
	// Sent is a hash: a picture may be long.
	Sent   string `json:"sent"`
	Stored string `json:"stored"`
}

// privateReader and privateWriter are the private states of requests and
// responses.
type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// readPrivate reads a key into a value, which stays as it is where there is
// none.
func readPrivate(ctx context.Context, private privateReader, key string, into any) diag.Diagnostics {
	encoded, diags := private.GetKey(ctx, key)
	if len(encoded) > 0 {
		if err := json.Unmarshal(encoded, into); err != nil {
			diags.AddError("Unable to Read Private State", "The private state of the resource cannot be read: "+err.Error()+". Remove the resource from the state with `terraform state rm`, and import it.")
		}
	}
	return diags
}

func writePrivate(ctx context.Context, private privateWriter, key string, value any) diag.Diagnostics {
	encoded, err := json.Marshal(value)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Unable to Write Private State", err.Error())}
	}
	return private.SetKey(ctx, key, encoded)
}

// applied is what to remember of a configuration that was applied: config as
// it is written, and the user as the service then shows them.
func (m *inviteModel) applied(user fivetran.User, differences []provisioning.Difference) appliedInvite {
	remembered := appliedInvite{Role: new(!m.Role.IsNull()), Phone: !m.Phone.IsNull(), Picture: !m.Picture.IsNull()}
	for field, value := range m.details() {
		shown := userField(user, field)
		contradicted := slices.ContainsFunc(differences, func(d provisioning.Difference) bool { return d.Field == field && d.Contradicts() })
		if value.IsNull() || value.IsUnknown() || shown == nil || contradicted || provisioning.SameValue(field, value.ValueString(), *shown) {
			continue
		}
		if remembered.Stored == nil {
			remembered.Stored = map[string]storedValue{}
		}
		remembered.Stored[field] = storedValue{Sent: valueHash(value.ValueString()), Stored: *shown}
	}
	return remembered
}

// same reports whether a value in a configuration is what Fivetran stores, in
// whatever form.
func (a appliedInvite) same(field string, configured, shown types.String) bool {
	if configured.IsNull() || configured.IsUnknown() || shown.IsNull() || shown.IsUnknown() {
		return configured.Equal(shown)
	}
	remembered, ok := a.Stored[field]
	return provisioning.SameValue(field, configured.ValueString(), shown.ValueString()) ||
		ok && remembered.Stored == shown.ValueString() && remembered.Sent == valueHash(configured.ValueString())
}

func valueHash(value string) string {
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:16])
}

func userField(user fivetran.User, field string) *string {
	switch field {
	case provisioning.GivenName:
		return user.GivenName
	case provisioning.FamilyName:
		return user.FamilyName
	case provisioning.Phone:
		return user.Phone
	default:
		return user.Picture
	}
}
