// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// rudderstackHint says what to do about a failed call to RudderStack.
func rudderstackHint(client *rudderstack.Client, err error) string {
	failure, ok := errors.AsType[*rest.Error](err)
	if !ok {
		return ""
	}
	_, groupsUnavailable := errors.AsType[*scim.GroupsUnavailableError](err)
	switch {
	case failure.Status == http.StatusUnauthorized:
		return fmt.Sprintf("Check that `rudderstack.scim_token` is right and not revoked, and that it belongs to the region of `rudderstack.scim_base_url`, which is %s. "+
			"The token must be an organization-level Service Access Token, not a workspace-level token or a personal one.", client.Base())
	case failure.Status == http.StatusForbidden:
		hint := "Ask RudderStack's support to enable SCIM for the organization (Enterprise plan with SSO). " +
			"If it is enabled, `rudderstack.scim_token` is a workspace-level token: use an organization-level Service Access Token instead."
		if groupsUnavailable {
			hint += " If you can read users, the cause is another one: the organization's SCIM API has no groups yet."
		}
		return hint
	case failure.Status >= 500 && failure.Status != http.StatusNotImplemented:
		return serviceFailedHint
	case groupsUnavailable:
		return "If you can read users, ask RudderStack's support whether SCIM groups are enabled: not every organization's SCIM API has groups yet. " +
			"Otherwise, check `rudderstack.scim_base_url`, which is " + client.Base() + "."
	case failure.Status == http.StatusNotFound:
		return "Check `rudderstack.scim_base_url`, which is " + client.Base() + "."
	}
	return commonHint("rudderstack.scim_base_url", client.Base(), failure)
}
