// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"context"
	"sync"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// memberLists are the lists of members that were read, one for each team and
// group. The zero value is ready.
type memberLists struct {
	mu    sync.Mutex
	lists map[string]*rest.Snapshot[memberList]
}

// memberList is the members of one team or group, with an index by user.
type memberList struct {
	rows   []wireMember
	byUser map[string]int
}

// memberList returns the members of one team or group, read once and shared
// until a write.
func (c *Client) memberList(ctx context.Context, in Collection, id string) (memberList, error) {
	path := rest.Path(string(in), id, "users")
	return c.memberLists.at(path).Get(ctx, func(ctx context.Context) (memberList, error) {
		rows, err := listAll(ctx, "Fivetran members of "+string(in)+"/"+id, wireMember.key, pagesOf[wireMember](c, path))
		if err != nil {
			return memberList{}, err
		}
		list := memberList{rows, make(map[string]int, len(rows))}
		for i, row := range rows {
			list.byUser[row.key()] = i
		}
		return list, nil
	})
}

func (l *memberLists) at(path string) *rest.Snapshot[memberList] {
	l.mu.Lock()
	defer l.mu.Unlock()
	list, ok := l.lists[path]
	if !ok {
		if l.lists == nil {
			l.lists = map[string]*rest.Snapshot[memberList]{}
		}
		list = &rest.Snapshot[memberList]{}
		l.lists[path] = list
	}
	return list
}

// drop has the list of one team or group read again.
func (l *memberLists) drop(in Collection, id string) {
	l.at(rest.Path(string(in), id, "users")).Drop()
}

// dropAll has all lists read again.
func (l *memberLists) dropAll() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, list := range l.lists {
		list.Drop()
	}
}
