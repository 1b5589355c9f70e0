// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import "net/http"

// wireSCIMToken is a token of the account's SCIM service without its secret.
type wireSCIMToken struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	CreatedAt string `json:"created_at"`
	// LastUsed is null for a token that was never used.
	LastUsed *string `json:"last_used"`
}

func (a *Account) listSCIMTokens(w http.ResponseWriter, r *http.Request) {
	writeList(w, r, a.scimTokens)
}
