// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"context"
	"errors"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Account is the account that the API key belongs to, and whose key it is. A
// pointer is nil where the service returns null, "" or nothing.
type Account struct {
	rest.Gapped
	ID   string
	Name *string
	// UserID is the owner of a user's key, nil for a system key.
	UserID *string
	// SystemKeyID is the id of a system key, nil for a user's key.
	SystemKeyID *string
}

// Account returns the account, which is read once per Client. A system key needs
// the scope ACCOUNT:READ:
// https://fivetran.com/docs/rest-api/getting-started/system-keys
func (c *Client) Account(ctx context.Context) (Account, error) {
	return c.account.Get(ctx, func(ctx context.Context) (Account, error) {
		var reply envelope[wireAccount]
		if err := c.rest.Get(ctx, rest.Path("account", "info"), nil, &reply); err != nil {
			return Account{}, err
		}
		data := reply.Data
		return Account{
			Gapped:      data.Gapped,
			ID:          data.AccountID.String(),
			Name:        data.AccountName.Value,
			UserID:      data.UserID.Value,
			SystemKeyID: data.SystemKeyID.Value,
		}, nil
	})
}

type wireAccount struct {
	rest.Gapped
	AccountID   rest.Text `json:"account_id"`
	AccountName rest.Text `json:"account_name"`
	UserID      rest.Text `json:"user_id"`
	SystemKeyID rest.Text `json:"system_key_id"`
}

func (a wireAccount) check() error {
	if a.AccountID.Value == nil {
		return errors.New("the reply names no account")
	}
	return nil
}
