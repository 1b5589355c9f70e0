// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// scimReply reads a reply of the SCIM service into a value. dbt's document has
// all replies in the envelope of the Administrative API (schemas
// DetailUserSCIMResponse, ListUserSCIMResponse), while the identity providers
// that the service is made for expect those of SCIM: both are read.
type scimReply struct {
	into any
	// failure is what the envelope says.
	failure error
}

// UnmarshalJSONFrom takes the envelope off.
func (r *scimReply) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	reply, err := decoder.ReadValue()
	if err != nil {
		return err
	}
	content := reply.Clone()
	var wrapped envelope[jsontext.Value]
	if content.Kind() == '{' && jsonv2.Unmarshal(content, &wrapped, decoder.Options()) == nil {
		if r.failure = wrapped.failed(); r.failure != nil {
			return nil
		}
		if wrapped.Data != nil {
			content = *wrapped.Data
		}
		if content.Kind() == '[' {
			list := map[string]any{"Resources": content}
			if total := wrapped.total(); total != rest.UnknownTotal {
				list["totalResults"] = total
			}
			if content, err = jsonv2.Marshal(list); err != nil {
				return err
			}
		}
	}
	return jsonv2.Unmarshal(content, r.into, decoder.Options())
}

// Check implements rest.Envelope.
func (r *scimReply) Check() error {
	if r.failure != nil {
		return r.failure
	}
	if inner, ok := r.into.(rest.Envelope); ok {
		return inner.Check()
	}
	return nil
}

// AddGap gives a gap to the value.
func (r *scimReply) AddGap(gap rest.Gap) {
	if gapped, ok := r.into.(interface{ AddGap(rest.Gap) }); ok {
		gapped.AddGap(gap)
	}
}

// SetETag implements rest.Versioned.
func (r *scimReply) SetETag(version string) {
	if versioned, ok := r.into.(rest.Versioned); ok {
		versioned.SetETag(version)
	}
}

// scimRefusal is a SCIM error, or the envelope of the Administrative API.
type scimRefusal struct {
	scim.Refusal
	refusal
}

// Explain implements rest.Refusal.
func (r *scimRefusal) Explain() (code, message string) {
	code, message = r.refusal.Explain()
	scimType, detail := r.Refusal.Explain()
	return cmp.Or(scimType, code), cmp.Or(detail, message)
}
