// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
)

// fivetran is Fivetran's REST API. Users can be invited, changed and deleted.
type fivetran struct {
	mu    sync.Mutex
	users []*FivetranUser
	// made counts the users that were ever made, so that ids do not return.
	made   int
	asked  int
	roles  []fivetranRole
	teams  []*fivetranTeam
	groups []*fivetranGroup
	// connections are the memberships of users in single connections.
	connections map[string][]fivetranMembership
}

// fivetranEnvelope is around every answer. A wrong path is answered without a
// code, and a deletion without data.
type fivetranEnvelope struct {
	Code    string `json:"code"`
	Message string `json:"message,omitempty"`
	Data    any    `json:"data,omitempty"`
}

type fivetranPage struct {
	Items any `json:"items"`
	// NextCursor is absent on the last page.
	NextCursor string `json:"next_cursor,omitempty"`
}

// fivetranQuota is how many requests an account may send in an hour. It is
// counted down, and refuses nothing.
const fivetranQuota = 20000

func (f *fivetran) service() *service {
	mux := http.NewServeMux()
	// One request at a time: each sees what the one before it did.
	handle := func(pattern string, h http.HandlerFunc) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.asked++
			w.Header().Set("X-Rate-Limit", strconv.Itoa(fivetranQuota))
			w.Header().Set("X-Rate-Limit-Remaining", strconv.Itoa(max(0, fivetranQuota-f.asked)))
			h(w, r)
		})
	}
	handle("GET /v1/account/info", f.showAccount)
	handle("GET /v1/users", f.listUsers)
	handle("POST /v1/users", f.inviteUser)
	handle("GET /v1/users/{user}", f.withUser(f.showUser))
	handle("PATCH /v1/users/{user}", f.withUser(f.updateUser))
	handle("DELETE /v1/users/{user}", f.withUser(f.deleteUser))
	handle("DELETE /v1/users/{user}/role", f.withUser(f.clearRole))
	handle("GET /v1/users/{user}/groups", f.withUser(f.listUserGroups))
	handle("GET /v1/users/{user}/connections", f.withUser(f.listUserConnections))
	handle("GET /v1/roles", f.listRoles)
	handle("GET /v1/teams", f.listTeams)
	handle("GET /v1/teams/{team}", f.withTeam(f.showTeam))
	handle("GET /v1/teams/{team}/users", f.withTeam(f.listTeamUsers))
	handle("GET /v1/teams/{team}/groups", f.withTeam(f.listTeamGroups))
	handle("GET /v1/groups", f.listGroups)
	handle("GET /v1/groups/{group}", f.withGroup(f.showGroup))
	handle("GET /v1/groups/{group}/users", f.withGroup(f.listGroupUsers))
	return &service{prefix: "/v1/", mux: mux, admit: f.admit, refuse: fivetranRefuse}
}

// admit lets the key's owner in. Key and secret the wrong way round are known
// to the service as a key without permissions.
func (f *fivetran) admit(r *http.Request) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	key, secret, ok := r.BasicAuth()
	switch {
	case ok && key == FivetranSecret && secret == FivetranKey:
		return http.StatusForbidden
	case !ok || key != FivetranKey || secret != FivetranSecret || f.user(fivetranOwner) == nil:
		return http.StatusUnauthorized
	default:
		return 0
	}
}

func (f *fivetran) showAccount(w http.ResponseWriter, _ *http.Request) {
	fivetranSuccess(w, http.StatusOK, "Account information retrieved successfully", struct {
		AccountID   string  `json:"account_id"`
		AccountName string  `json:"account_name"`
		UserID      string  `json:"user_id"`
		SystemKeyID *string `json:"system_key_id"`
	}{"northwind_analytics", "Northwind Analytics", fivetranOwner, nil})
}

func fivetranSuccess(w http.ResponseWriter, status int, message string, data any) {
	writeJSON(w, "application/json", status, fivetranEnvelope{"Success", message, data})
}

func fivetranFail(w http.ResponseWriter, status int, code, format string, args ...any) {
	writeJSON(w, "application/json", status, fivetranEnvelope{Code: code, Message: fmt.Sprintf(format, args...)})
}

// fivetranCodes are the service's codes and words for what it refuses whatever
// it is about.
var fivetranCodes = map[int][2]string{
	http.StatusBadRequest:           {"InvalidInput", "Invalid request"},
	http.StatusUnauthorized:         {"AuthFailed", "Invalid authorization credentials"},
	http.StatusForbidden:            {"Forbidden", "Access denied. Required permission: ACCOUNT_READ"},
	http.StatusMethodNotAllowed:     {"MethodNotAllowed", "HTTP 405 Method Not Allowed"},
	http.StatusConflict:             {"IllegalState", "The request conflicts with the state of the account"},
	http.StatusUnsupportedMediaType: {"UnsupportedMediaType", "HTTP 415 Unsupported Media Type"},
	http.StatusTooManyRequests:      {"TooManyRequests", "The request rate limit of the account is exceeded"},
	http.StatusInternalServerError:  {"InternalServerError", "An internal error occurred"},
}

// fivetranRefuse answers a wrong path without a code.
func fivetranRefuse(w http.ResponseWriter, r *http.Request, status int) {
	if status == http.StatusNotFound {
		writeJSON(w, "application/json", status, map[string]any{
			"status": status, "error": http.StatusText(status), "path": r.URL.EscapedPath(),
		})
		return
	}
	words, ok := fivetranCodes[status]
	if !ok {
		words = [2]string{"Error", http.StatusText(status)}
	}
	fivetranFail(w, status, words[0], "%s", words[1])
}

// fivetranList answers with the page that cursor and limit ask for.
func fivetranList[T any](w http.ResponseWriter, r *http.Request, message string, rows []T) {
	query := r.URL.Query()
	limit := 100
	if text := query.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1000 {
			fivetranFail(w, http.StatusBadRequest, "InvalidInput", "Limit must be a number in the range 1..1000, got '%s'", text)
			return
		}
		limit = n
	}
	skip, err := readCursor(query.Get("cursor"))
	if err != nil {
		fivetranFail(w, http.StatusBadRequest, "InvalidInput", "Invalid cursor '%s'", query.Get("cursor"))
		return
	}
	rows = rows[min(skip, len(rows)):]
	page := fivetranPage{Items: rows}
	if len(rows) > limit {
		page = fivetranPage{rows[:limit], writeCursor(skip + limit)}
	}
	if len(rows) == 0 {
		page.Items = []T{}
	}
	fivetranSuccess(w, http.StatusOK, message, page)
}

// fivetranCursor is what is inside a cursor, which clients pass on unread.
type fivetranCursor struct {
	Skip int `json:"skip"`
}

func writeCursor(skip int) string {
	return base64.RawStdEncoding.EncodeToString(encode(fivetranCursor{skip}))
}

func readCursor(cursor string) (skip int, err error) {
	if cursor == "" {
		return 0, nil
	}
	text, err := base64.RawStdEncoding.DecodeString(cursor)
	if err != nil {
		return 0, err
	}
	var c fivetranCursor
	if err := json.Unmarshal(text, &c); err != nil {
		return 0, err
	}
	return max(0, c.Skip), nil
}
