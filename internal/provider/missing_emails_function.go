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

// missingEmails compares two lists of addresses in one pass over each. HCL's
// own ways to do it without case are quadratic.
type missingEmails struct{}

func (missingEmails) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "missing_emails"
}

func (missingEmails) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Addresses of one list that another lacks",
		MarkdownDescription: "Returns the addresses of the first list that the second lacks, compared without case and surrounding space: " +
			"each once, in the order of the first list and as it spells them. Null and blank elements, such as those of service accounts, are passed over.",
		Parameters: []function.Parameter{
			function.ListParameter{Name: "wanted", ElementType: types.StringType, MarkdownDescription: "Addresses to look for."},
			function.ListParameter{Name: "present", ElementType: types.StringType, MarkdownDescription: "Addresses that are there."},
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

// foldElement reads null as "".
func foldElement(element attr.Value) string {
	text, _ := element.(types.String)
	return casefold.Fold(text.ValueString())
}
