// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"os"
	"slices"
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

// invalidSetting is the summary of an error about one setting.
const invalidSetting = "Invalid Provider Setting"

// settings reads the provider block and, for what it leaves out, the environment.
type settings struct {
	config tfsdk.Config
	diags  *diag.Diagnostics
}

// setting is one value of the provider block or, where that leaves it out, of
// an environment variable.
type setting struct {
	path path.Path
	env  string
	// value is without surrounding space, "" when it is set nowhere. A blank
	// variable is as good as none: a pipeline sets those of secrets that it lacks.
	value string
	// fault says what to do about a value that cannot be used, "" for nothing.
	fault string
	// unknown says that the value will be known only after apply.
	unknown bool
	// written says that the provider block gives the value.
	written bool
}

func (s *settings) text(ctx context.Context, p path.Path, env string) setting {
	var given types.String
	s.diags.Append(s.config.GetAttribute(ctx, p, &given)...)
	read := s.setting(ctx, p, env, given)
	if read.written {
		read.value = strings.TrimSpace(given.ValueString())
	} else if !read.unknown {
		read.value = strings.TrimSpace(os.Getenv(env))
	}
	switch {
	case read.written && read.value == "":
		s.refuse(&read, blank(read.source()))
	case strings.ContainsFunc(read.value, unicode.IsControl):
		s.refuse(&read, fmt.Sprintf("Remove the line break or other control character from %s.", read.source()))
	}
	return read
}

// refuse reports a value that cannot be used. One in the environment is a problem
// only of those who need the service, like one that is missing: in a configuration
// without a provider block, Terraform would answer the error with the advice to
// write one.
func (s *settings) refuse(given *setting, fault string) {
	given.fault = fault
	if given.written {
		s.diags.AddAttributeError(given.path, invalidSetting, fault)
	}
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
	read := s.setting(ctx, p, env, given)
	switch {
	case read.unknown:
		return read, 0
	case read.written:
		read.value = strconv.FormatInt(given.ValueInt64(), 10)
	default:
		read.value = strings.TrimSpace(os.Getenv(env))
	}
	if read.value == "" {
		return read, 0
	}
	id, err := strconv.ParseInt(read.value, 10, 64)
	if err != nil || id <= 0 {
		s.refuse(&read, fmt.Sprintf("Set %s to a positive whole number, not %q.", read.source(), read.value))
	}
	return read, id
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
		s.diags.AddAttributeError(p, invalidSetting, fmt.Sprintf("Set `%s` to a time such as \"30s\", \"6m\" or \"1m30s\", not %q.", p, given.ValueString()))
		return otherwise
	}
	return limit
}

// name is how messages call a setting: `fivetran.api_key`.
func (s setting) name() string { return "`" + s.path.String() + "`" }

// source says where the value comes from.
func (s setting) source() string {
	if s.written {
		return s.name()
	}
	return "the environment variable " + s.env
}

// complete returns why a service cannot be used, nil if it has all settings that
// it needs. With none, only those fail who use the service. If the provider block
// has some, a setting was forgotten, which is an error at the setting.
func (s *settings) complete(service string, needed ...setting) *diagnosis {
	var have, lack, faulty []setting
	for _, n := range needed {
		switch {
		case n.unknown:
			return &diagnosis{later: true, summary: service + " Is Not Known Yet", detail: n.name() + " depends on a value that is known only after apply. " +
				"Use a value that is known while planning, such as a variable, or set " + n.env + " in the environment."}
		case n.fault != "":
			faulty = append(faulty, n)
		case n.value == "":
			lack = append(lack, n)
		default:
			have = append(have, n)
		}
	}
	if len(faulty) > 0 {
		return &diagnosis{summary: service + " Is Not Configured", detail: faulty[0].fault}
	}
	if len(lack) == 0 {
		return nil
	}
	if len(have) > 0 {
		half := &diagnosis{
			summary: service + " Is Half Configured",
			detail:  fmt.Sprintf("If you set %s, you must also set %s: in the provider block, or with %s in the environment.", have[0].source(), lack[0].name(), lack[0].env),
		}
		if slices.ContainsFunc(have, func(h setting) bool { return h.written }) {
			s.diags.Append(half.at(lack[0].path))
		}
		return half
	}
	names, variables := make([]string, len(lack)), make([]string, len(lack))
	for i, l := range lack {
		names[i], variables[i] = l.name(), l.env
	}
	return &diagnosis{unset: true, summary: service + " Is Not Configured", detail: fmt.Sprintf("Set %s in the provider block, or %s in the environment.",
		strings.Join(names, " and "), strings.Join(variables, " and "))}
}
