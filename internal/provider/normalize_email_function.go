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
		Summary: "One spelling for an e-mail address",
		MarkdownDescription: "Returns the address in lower case and without surrounding space: the spelling of `email` in `datastack_identities`, " +
			"and a key for addresses of different origin.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "address", MarkdownDescription: "E-mail address in any spelling."},
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
