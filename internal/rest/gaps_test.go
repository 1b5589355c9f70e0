// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"reflect"
	"strings"
	"testing"
)

// shelf is a reply whose rows are under "data", "items".
type shelf struct {
	Data struct {
		Items []book `json:"items"`
	} `json:"data"`
}

func (s *shelf) AddGap(gap Gap) { AddRowGap(s.Data.Items, gap, "data", "items") }

type book struct {
	Gapped
	Title   Text          `json:"title"`
	Pages   Int           `json:"pages"`
	Lent    Bool          `json:"lent"`
	Tags    Strings       `json:"tags"`
	Cover   Object[cover] `json:"cover"`
	Authors List[author]  `json:"authors"`
	Notes   List[Text]    `json:"notes"`
}

type cover struct {
	Color Text `json:"color"`
}

type author struct {
	Name Text `json:"name"`
}

func TestGaps(t *testing.T) {
	t.Parallel()
	for row, want := range map[string][]Gap{
		`{}`: nil,
		`{"title":null,"pages":null,"lent":null,"tags":null,"cover":null,"authors":null,"notes":null}`: nil,
		`{"title":"","pages":"","lent":"","tags":"","cover":{},"authors":[],"notes":[]}`:               nil,
		`{"title":7,"pages":"12","lent":"False","tags":"a","authors":{"name":"Ann"},"notes":"a"}`:      nil,
		`{"pages":12.0,"unknown":[null,{"":1}]}`:                                                       nil,
		`{"title":{"en":"A"},"pages":true}`:                                                            {{"title", "got object, want string"}, {"pages", "got bool, want whole number"}},
		`{"pages":1.5,"lent":"perhaps"}`:                                                               {{"pages", "got number, want whole number"}, {"lent", "got string, want bool"}},
		`{"pages":99999999999999999999,"lent":[]}`:                                                     {{"pages", "got number, want whole number"}, {"lent", "got array, want bool"}},
		`{"tags":["a",null,"",{}]}`:                                                                    {{"tags/1", "it is empty"}, {"tags/2", "it is empty"}, {"tags/3", "got object, want string"}},
		`{"tags":{"a":1}}`:                                                                             {{"tags", "got object, want string"}},
		`{"cover":[]}`:                                                                                 {{"cover", "got array, want object"}},
		`{"cover":{"color":[]}}`:                                                                       {{"cover/color", "got array, want string"}},
		`{"authors":[{"name":"A"},null,"B",{"name":true}]}`:                                            {{"authors/1", "it is null"}, {"authors/2", "got string, want object"}, {"authors/3/name", "got bool, want string"}},
		`{"authors":"A"}`:                                                                              {{"authors", "got string, want object"}},
		`{"notes":[null,true]}`:                                                                        {{"notes/0", "it is null"}, {"notes/1", "got bool, want string"}},
	} {
		var reply shelf
		if err := Unmarshal([]byte(`{"data":{"items":[{"title":"whole"},`+row+`,{"title":"whole"}]}}`), &reply); err != nil {
			t.Errorf("%s: %v", row, err)
			continue
		}
		if got := reply.Data.Items[1].Gaps(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", row, got, want)
		}
		for _, i := range []int{0, 2} {
			if other := reply.Data.Items[i]; other.Gaps() != nil || other.Title.String() != "whole" {
				t.Errorf("%s: got %+v in another row", row, other)
			}
		}
	}
}

func TestEntriesAroundAGap(t *testing.T) {
	t.Parallel()
	var row book
	if err := Unmarshal([]byte(`{"tags":["a",null,"b"],"authors":[null,{"name":"A"},7],"pages":3}`), &row); err != nil {
		t.Fatal(err)
	}
	if len(row.Tags) != 2 || len(row.Authors) != 1 || row.Authors[0].Name.String() != "A" || *row.Pages.Value != 3 || len(row.Gaps()) != 3 {
		t.Errorf("got %+v", row)
	}
	for body, want := range map[string]bool{`{"authors":[]}`: false, `{"authors":null}`: true, `{}`: true, `{"authors":7}`: true} {
		var row book
		if err := Unmarshal([]byte(body), &row); err != nil || (row.Authors == nil) != want {
			t.Errorf("%s: got %#v and error %v, want nil: %t", body, row.Authors, err, want)
		}
	}
}

// TestGapsAreBounded reads a reply that consists of them.
func TestGapsAreBounded(t *testing.T) {
	t.Parallel()
	var row book
	if err := Unmarshal([]byte(`{"authors":[`+strings.Repeat("1,", 5*maxGaps)+`1]}`), &row); err != nil || len(row.Gaps()) != maxGaps {
		t.Errorf("got %d gaps and error %v, want %d", len(row.Gaps()), err, maxGaps)
	}
}

func TestGapsOutsideOfRows(t *testing.T) {
	t.Parallel()
	rows := make([]book, 1)
	for _, path := range []string{"", "data", "data/items", "data/items/1/title", "data/items/-1/title", "data/items/x/title", "data/other/0/title"} {
		AddRowGap(rows, Gap{Path: path}, "data", "items")
	}
	if rows[0].Gaps() != nil {
		t.Errorf("got %v, want none", rows[0].Gaps())
	}
}

// TestNoGoTypes sees to it that errors name places in the reply, not types.
func TestNoGoTypes(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"data":{"items":{}}}`:    `unexpected object at "/data/items"`,
		`{"data":{"items":["a"]}}`: `unexpected string at "/data/items/0"`,
		`[]`:                       `unexpected array at the top level`,
		`{"data":{"items":[{"authors":[{"name":]}`:  `invalid character ']'`,
		`{"data":{"items":[{"authors":[{"name":"a"`: `unexpected EOF`,
		`{"data":{"items":[{"tags":["a","` + "\xff": `not valid UTF-8`,
		``: `it is empty`,
	} {
		var reply shelf
		err := Unmarshal([]byte(body), &reply)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "rest.") || strings.Contains(err.Error(), " Go ") {
			t.Errorf("%s: got %v, want %q", body, err, want)
		}
	}
}
