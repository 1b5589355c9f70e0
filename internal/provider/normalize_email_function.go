// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

func newNormalizeEmail() function.Function { return normalizeEmail{} }

// normalizeEmail spells an address as datastack_identities does.
type normalizeEmail struct{}

func (normalizeEmail) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "normalize_email"
}

func (normalizeEmail) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Email address in a normal form",
		MarkdownDescription: "Returns the email address in lower case and without surrounding space, as `email` in `datastack_identities` is spelled. " +
			"Use it as a key to compare addresses from different sources.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "address", MarkdownDescription: "Email address in any spelling."},
		},
		Return: function.StringReturn{},
	}
}

func (normalizeEmail) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var address string
	if resp.Error = req.Arguments.Get(ctx, &address); resp.Error == nil {
		resp.Error = resp.Result.Set(ctx, casefold.Fold(address))
	}
}
