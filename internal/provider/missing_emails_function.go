// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

func newMissingEmails() function.Function { return missingEmails{} }

// missingEmails compares two lists of addresses in one pass over each. What HCL
// offers to do so ignoring case takes quadratic time.
type missingEmails struct{}

func (missingEmails) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "missing_emails"
}

func (missingEmails) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Email addresses that are missing from a list",
		MarkdownDescription: "Returns the email addresses of the first list that are missing from the second, ignoring case and surrounding space. " +
			"Each is returned once, in the order and spelling of the first list. Null and blank elements are skipped, such as those of service accounts.",
		Parameters: []function.Parameter{
			function.ListParameter{Name: "wanted", ElementType: types.StringType, MarkdownDescription: "Email addresses to look for."},
			function.ListParameter{Name: "present", ElementType: types.StringType, MarkdownDescription: "Email addresses to look among."},
		},
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (missingEmails) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var wanted, present types.List
	if resp.Error = req.Arguments.Get(ctx, &wanted, &present); resp.Error != nil {
		return
	}
	known := map[string]bool{"": true}
	for _, element := range present.Elements() {
		known[foldElement(element)] = true
	}
	missing := []attr.Value{}
	for _, element := range wanted.Elements() {
		if address := foldElement(element); !known[address] {
			known[address] = true
			missing = append(missing, element)
		}
	}
	resp.Error = resp.Result.Set(ctx, types.ListValueMust(types.StringType, missing))
}

// foldElement folds an address for comparison. It reads null as "".
func foldElement(element attr.Value) string {
	address, _ := element.(types.String)
	return casefold.Fold(address.ValueString())
}
