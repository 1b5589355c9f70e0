// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"context"
	"errors"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Account is the account that the API key belongs to, and whose key it is.
type Account struct {
	ID   string
	Name *string
	// UserID is the owner of a user's key, nil for a system key.
	UserID *string
	// SystemKeyID is the id of a system key, nil for a user's key.
	SystemKeyID *string
}

// Account reads it, once per Client. A system key needs the scope
// ACCOUNT:READ.
func (c *Client) Account(ctx context.Context) (Account, error) {
	return c.account.Get(ctx, func(ctx context.Context) (Account, error) {
		var reply answer[wireAccount]
		if err := c.rest.Get(ctx, rest.Path("account", "info"), nil, &reply); err != nil {
			return Account{}, err
		}
		a := reply.data
		return Account{ID: a.AccountID, Name: nonEmpty(a.AccountName), UserID: nonEmpty(a.UserID), SystemKeyID: nonEmpty(a.SystemKeyID)}, nil
	})
}

type wireAccount struct {
	AccountID   string  `json:"account_id"`
	AccountName *string `json:"account_name"`
	UserID      *string `json:"user_id"`
	SystemKeyID *string `json:"system_key_id"`
}

func (a wireAccount) check() error {
	if a.AccountID == "" {
		return errors.New("the answer names no account")
	}
	return nil
}
