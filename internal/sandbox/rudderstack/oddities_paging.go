// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// shortPage is the page of servers that cap it below what they are asked for.
const shortPage = 20

var pagingOddities = []service.Oddity{
	{Name: "scim-start-ignored", Does: "ignores startIndex", About: aboutPaging, Path: everyPath, Query: without("startIndex")},
	{
		Name: "scim-first-page-only", About: aboutPaging, Path: everyPath,
		Does:  "ignores startIndex and sortBy, sends 20 rows at most, and calls them the total",
		Query: func(query url.Values) { capCount(query); query.Del("startIndex"); query.Del("sortBy") }, Reply: totalOfPage,
	},
	{
		Name: "scim-first-page-always", About: aboutPaging, Path: everyPath,
		Does: "sends the first 20 rows whatever it is asked, and calls them the total",
		Query: func(query url.Values) {
			query.Set("count", strconv.Itoa(shortPage))
			query.Del("startIndex")
			query.Del("sortBy")
		}, Reply: totalOfPage,
	},
	{
		Name: "scim-first-page-sorted", About: aboutPaging, Path: everyPath,
		Does:  "sends the first 20 rows whatever it is asked, calls them the total, and heeds sortBy",
		Query: func(query url.Values) { query.Set("count", strconv.Itoa(shortPage)); query.Del("startIndex") }, Reply: totalOfPage,
	},
	{
		Name: "scim-no-paging", About: aboutPaging, Path: everyPath, Does: "sends all rows whatever startIndex and count it is asked for",
		Query: func(query url.Values) { query.Set("count", allRows); query.Del("startIndex") },
	},
	{Name: "scim-short-pages", Does: "sends pages of 20 rows at most", About: aboutPaging, Path: everyPath, Query: capCount},
	{
		Name: "scim-no-order", About: aboutPaging, Path: everyPath,
		Does: "sends pages of 20 rows at most, without sortBy in no stable order, so that pages overlap",
		Query: func(query url.Values) {
			capCount(query)
			if start, err := strconv.Atoi(query.Get("startIndex")); err == nil && start > shortPage && !query.Has("sortBy") {
				query.Set("startIndex", strconv.Itoa(start-1))
			}
		},
	},
	{
		Name: "scim-page-total", About: aboutPaging, Path: everyPath, Does: "calls the rows of each page the total, in pages of 20",
		Query: capCount, Reply: totalOfPage,
	},
	{Name: "scim-total-low", Does: "calls half of the rows the total", About: aboutPaging, Path: everyPath, Reply: total(func(n int) int { return n / 2 })},
	{Name: "scim-total-high", Does: "counts one row more than there are", About: aboutPaging, Path: everyPath, Reply: total(func(n int) int { return n + 1 })},
	{Name: "scim-no-total", Does: "says no total", About: aboutPaging, Path: everyPath, Reply: inList(func(_ *http.Request, body map[string]any, _ []any) {
		delete(body, "totalResults")
	})},
	{Name: "scim-rows-repeated", Does: "repeats the first row of a page at its end, and counts both", About: aboutPaging, Path: everyPath, Reply: inList(
		func(_ *http.Request, body map[string]any, rows []any) {
			if count, ok := body["totalResults"].(float64); ok && len(rows) > 0 {
				body["Resources"], body["totalResults"] = append(rows, rows[0]), count+1
			}
		},
	)},
	{Name: "scim-end-400", Does: "refuses a startIndex behind the last row with 400", About: aboutEnds, Path: everyPath, Reply: behindEnd(refusing(400))},
	{Name: "scim-end-404", Does: "refuses a startIndex behind the last row with 404", About: aboutEnds, Path: everyPath, Reply: behindEnd(refusing(404))},
	{Name: "scim-end-500", Does: "crashes on a startIndex behind the last row with 500", About: aboutEnds, Path: everyPath, Reply: behindEnd(refusing(500))},
}

func without(parameter string) func(url.Values) {
	return func(query url.Values) { query.Del(parameter) }
}

func capCount(query url.Values) {
	if count, err := strconv.Atoi(query.Get("count")); err != nil || count > shortPage {
		query.Set("count", strconv.Itoa(shortPage))
	}
}

// inList changes the replies that are lists.
func inList(change func(r *http.Request, body map[string]any, rows []any)) service.ReplyChange {
	return service.InJSON(func(r *http.Request, body map[string]any) {
		if _, isList := body["totalResults"]; isList {
			rows, _ := body["Resources"].([]any)
			change(r, body, rows)
		}
	})
}

func total(change func(int) int) service.ReplyChange {
	return inList(func(_ *http.Request, body map[string]any, _ []any) {
		if count, ok := body["totalResults"].(float64); ok {
			body["totalResults"] = change(int(count))
		}
	})
}

var totalOfPage = inList(func(_ *http.Request, body map[string]any, rows []any) { body["totalResults"] = len(rows) })

// behindEnd changes empty pages that do not begin with the first row.
func behindEnd(change service.ReplyChange) service.ReplyChange {
	return func(r *http.Request, reply *service.Reply) {
		isEmpty := false
		inList(func(_ *http.Request, _ map[string]any, rows []any) { isEmpty = len(rows) == 0 })(r, reply)
		if start, err := strconv.Atoi(r.URL.Query().Get("startIndex")); isEmpty && err == nil && start > 1 {
			change(r, reply)
		}
	}
}
