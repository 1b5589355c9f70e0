// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"context"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// changingList is a list that can change while details of its rows are read.
type changingList struct {
	// ids returns the ids of the rows.
	ids func(context.Context) ([]string, error)
	// drop makes the next reading of the list a new one.
	drop func()
}

// detailsOf reads something of each row of a list, a few rows at a time. The
// result has an entry for every row. If a row does not exist any more, the list
// is read once more: a row that is not in it then is left out, and one that was
// added has an entry too. A row that is listed and does not exist is an error.
func detailsOf[T any](ctx context.Context, list changingList, read func(ctx context.Context, id string) (T, error)) (map[string]T, error) {
	details := map[string]T{}
	gone := map[string]error{}
	for again := false; ; again = true {
		listed, err := list.ids(ctx)
		if err != nil {
			return nil, err
		}
		var lacking []string
		for _, id := range listed {
			if err := gone[id]; err != nil {
				return nil, err
			}
			if _, known := details[id]; !known {
				lacking = append(lacking, id)
			}
		}
		values, missing := make([]T, len(lacking)), make([]error, len(lacking))
		err = rest.Each(ctx, len(lacking), func(ctx context.Context, i int) (err error) {
			values[i], err = read(ctx, lacking[i])
			if NotFound(err) && !again {
				missing[i], err = err, nil
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		for i, id := range lacking {
			if missing[i] != nil {
				gone[id] = missing[i]
				continue
			}
			details[id] = values[i]
		}
		if again || len(gone) == 0 {
			return details, nil
		}
		list.drop()
	}
}

// listedUsers, listedTeams and listedGroups are the lists with such details.
func (c *Client) listedUsers() changingList {
	return changingList{ids: idsOf(c.Users, func(u User) string { return u.ID }), drop: func() {
		c.firstUsers.Drop()
		c.users.Drop()
	}}
}

func (c *Client) listedTeams() changingList {
	return changingList{ids: idsOf(c.Teams, func(t Team) string { return t.ID }), drop: c.teams.Drop}
}

func (c *Client) listedGroups() changingList {
	return changingList{ids: idsOf(c.Groups, func(g Group) string { return g.ID }), drop: c.groups.Drop}
}

func idsOf[T any](read func(context.Context) ([]T, error), id func(T) string) func(context.Context) ([]string, error) {
	return func(ctx context.Context) ([]string, error) {
		rows, err := read(ctx)
		ids := make([]string, len(rows))
		for i, row := range rows {
			ids[i] = id(row)
		}
		return ids, err
	}
}
