// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

// describe names a membership.
func (k membershipKind) describe(key fivetran.MembershipKey) string {
	return fmt.Sprintf("the user %q in the %s %q", key.UserID, k.noun, key.ID)
}

// failed is the error for a change that did not succeed. What is what was to be
// done: "Create".
func (k membershipKind) failed(client *fivetran.Client, what string, result provisioning.MembershipResult, err error) *diagnosis {
	if problem := unrecorded(err); problem != nil {
		return problem
	}
	problem := &diagnosis{summary: "Unable to " + what + " Fivetran " + k.title + " Membership"}
	who := k.describe(result.Membership.MembershipKey)
	did := strings.ToLower(what)
	switch status := rest.Status(err); {
	case result.Case == provisioning.Uncertain:
		problem.detail = fmt.Sprintf("The request to %s the membership of %s was sent, but the answer was lost, and Fivetran does not show the change so far. It may still be made. Run again.\n\n", did, who)
		if lost, ok := errors.AsType[*provisioning.LostError](err); ok && lost.Lookup != nil {
			problem.detail = fmt.Sprintf("The request to %s the membership of %s was sent, but the answer was lost, and looking at the membership failed too. Run again.\n\n", did, who)
		}
		problem.detail += explainLost(client, err)
		return problem
	case result.Case == provisioning.Unsent:
		problem.detail = fmt.Sprintf("Nothing was changed in Fivetran, and it is safe to run again. The membership is that of %s. ", who)
	case fivetran.NotFound(err):
		problem.detail = fmt.Sprintf("Fivetran does not know %s. The user or the %s is not in this account any more, or the membership has ended. Run again. ", who, k.noun)
	case status >= http.StatusBadRequest && status < http.StatusInternalServerError:
		problem.detail = fmt.Sprintf("Fivetran refused to %s the membership of %s. ", did, who)
	}
	problem.detail += fivetranService.explain(client, err)
	if status := rest.Status(err); status == http.StatusBadRequest || status == http.StatusConflict || status == http.StatusUnprocessableEntity {
		problem.detail += fmt.Sprintf("\n\nIf the identity provider manages the %[1]s by SCIM, change its members there, and remove them from the configuration with a `removed` block with `destroy = false`.", k.noun)
	}
	return problem
}

func (k membershipKind) roleDiffers() string { return "Fivetran " + k.title + " Role Differs" }

// otherRole says that Fivetran gave another role than it was asked to.
func (k membershipKind) otherRole(key fivetran.MembershipKey, sent, shown string) string {
	return fmt.Sprintf("Fivetran accepted the role %q for %s, and shows %s.", sent, k.describe(key), quoteOrNone(&shown))
}

// conflictError is the error for a plan in which one membership has two
// resources.
func (k membershipKind) conflictError(kind provisioning.ConflictKind, key fivetran.MembershipKey) *diagnosis {
	moved := fmt.Sprintf("\n\n  moved {\n    from = datastack_%[1]s.OLD\n    to   = datastack_%[1]s.NEW\n  }\n\n"+
		"OLD stands for the name and key of the resource before, NEW for those after.", k.typeName())
	switch kind {
	case provisioning.Renamed, provisioning.Reassigned:
		return &diagnosis{summary: "Fivetran " + k.title + " Membership Would Be Deleted", detail: fmt.Sprintf("The plan ends the membership of %s with one resource, and creates it with another one. "+
			"This is what renaming a key, a module, or a resource looks like. Applying could leave the user without the membership. Add a block to the configuration:", k.describe(key)) + moved}
	default:
		return &diagnosis{summary: "Fivetran " + k.title + " Membership Has Two Resources", detail: fmt.Sprintf("Two resources have the membership of %s. Remove one of the two from the configuration, and if it is in the state, run `terraform state rm` for it. "+
			"If you renamed a resource, add a block to the configuration:", k.describe(key)) + moved}
	}
}

// unknownParent is the error for an id that no team or group has.
func (k membershipKind) unknownParent(given string, parents []membershipParent) *diagnosis {
	detail := fmt.Sprintf("There is no %s with the id %q. ", k.noun, given)
	names := make([]string, len(parents))
	for i, parent := range parents {
		names[i] = parent.name
	}
	question := suggestion.DidYouMean(given, names)
	if i := slices.IndexFunc(parents, func(p membershipParent) bool { return casefold.Same(p.name, given) }); i >= 0 {
		detail += fmt.Sprintf("%q is the name of a %s. Write its id:\n\n  %s = %q", parents[i].name, k.noun, k.parent, parents[i].id)
	} else if question != "" {
		detail += fmt.Sprintf("%s That is the name of a %[2]s: set `%[3]s` to its id, which the data source datastack_fivetran_%[2]ss has.", question, k.noun, k.parent)
	} else {
		ids := make([]string, len(parents))
		for i, parent := range parents {
			ids[i] = parent.id
		}
		detail += strings.TrimSpace(suggestion.DidYouMean(given, ids) + fmt.Sprintf(" Find ids with the data source datastack_fivetran_%ss.", k.noun))
	}
	return &diagnosis{summary: "Fivetran " + k.title + " Not Found", detail: detail}
}
