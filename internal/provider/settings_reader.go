// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// settings reads the provider block, with the environment behind it.
type settings struct {
	config tfsdk.Config
	diags  *diag.Diagnostics
}

// setting is one value of the provider block or, where that leaves it out, of
// an environment variable.
type setting struct {
	path path.Path
	env  string
	// value is without surrounding space, "" when it is set nowhere.
	value string
	// unknown says that the value will be known only after apply.
	unknown bool
	// written says that the provider block gives the value.
	written bool
}

func (s *settings) text(ctx context.Context, p path.Path, env string) setting {
	var given types.String
	s.diags.Append(s.config.GetAttribute(ctx, p, &given)...)
	found := s.setting(ctx, p, env, given)
	if found.written {
		found.value = strings.TrimSpace(given.ValueString())
	} else if !found.unknown {
		found.value = strings.TrimSpace(os.Getenv(env))
	}
	if strings.ContainsFunc(found.value, unicode.IsControl) {
		s.diags.AddAttributeError(p, "Setting Cannot Be Used", fmt.Sprintf("%s holds a line break or another control character.", found.source()))
		// One complaint is enough: from here on it counts as given.
		found.value = strings.Join(strings.FieldsFunc(found.value, unicode.IsControl), "")
	}
	return found
}

// setting says where a value is given. In a block that is not known yet, the
// framework reads every value as null.
func (s *settings) setting(ctx context.Context, p path.Path, env string, given attr.Value) setting {
	unknown := given.IsUnknown()
	if block := p.ParentPath(); given.IsNull() && len(block.Steps()) > 0 {
		var around types.Object
		s.diags.Append(s.config.GetAttribute(ctx, block, &around)...)
		unknown = around.IsUnknown()
	}
	return setting{path: p, env: env, unknown: unknown, written: !given.IsNull() && !unknown}
}

// id reads a number that is an id.
func (s *settings) id(ctx context.Context, p path.Path, env string) (setting, int64) {
	var given types.Int64
	s.diags.Append(s.config.GetAttribute(ctx, p, &given)...)
	found := s.setting(ctx, p, env, given)
	switch {
	case found.unknown:
		return found, 0
	case found.written:
		found.value = strconv.FormatInt(given.ValueInt64(), 10)
	default:
		found.value = strings.TrimSpace(os.Getenv(env))
	}
	if found.value == "" {
		return found, 0
	}
	id, err := strconv.ParseInt(found.value, 10, 64)
	if err != nil || id <= 0 {
		s.diags.AddAttributeError(p, "Setting Cannot Be Used", fmt.Sprintf("%s must be a positive whole number, not %q.", found.source(), found.value))
	}
	return found, id
}

// duration reads a time limit such as "30s".
func (s *settings) duration(ctx context.Context, p path.Path, otherwise time.Duration) time.Duration {
	var given types.String
	s.diags.Append(s.config.GetAttribute(ctx, p, &given)...)
	if given.IsNull() || given.IsUnknown() {
		return otherwise
	}
	limit, err := time.ParseDuration(strings.TrimSpace(given.ValueString()))
	if err != nil || limit <= 0 {
		s.diags.AddAttributeError(p, "Setting Cannot Be Used", fmt.Sprintf("`%s` must be a time such as \"30s\", \"6m\" or \"1m30s\", not %q.", p, given.ValueString()))
		return otherwise
	}
	return limit
}

// name is how messages call a setting: `fivetran.api_key`.
func (s setting) name() string { return "`" + s.path.String() + "`" }

// source says where the value was taken from.
func (s setting) source() string {
	if s.written {
		return s.name()
	}
	return "The environment variable " + s.env
}

// complete tells whether a system has all that it needs. Nothing of it is a
// problem for those who use the system only; a part of it is a mistake, and
// an error at the part that is missing.
func (s *settings) complete(system string, needed ...setting) *diagnosis {
	var have, lack []setting
	for _, n := range needed {
		switch {
		case n.unknown:
			return &diagnosis{later: true, summary: system + " Is Not Known Yet", detail: n.name() + " depends on a value that is known only after apply. " +
				"Give it a value that is known while planning, such as a variable, or use " + n.env + "."}
		case n.value == "":
			lack = append(lack, n)
		default:
			have = append(have, n)
		}
	}
	if len(lack) == 0 {
		return nil
	}
	if len(have) > 0 {
		s.diags.AddAttributeError(lack[0].path, system+" Is Half Configured",
			fmt.Sprintf("%s is set, but %s is not. Set it in the provider block or in %s, or remove the other.", have[0].source(), lack[0].name(), lack[0].env))
	}
	names, variables := make([]string, len(lack)), make([]string, len(lack))
	for i, l := range lack {
		names[i], variables[i] = l.name(), l.env
	}
	return &diagnosis{summary: system + " Is Not Configured", detail: fmt.Sprintf("Set %s in the provider block, or %s in the environment.",
		strings.Join(names, " and "), strings.Join(variables, " and "))}
}
