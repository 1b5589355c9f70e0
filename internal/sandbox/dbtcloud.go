// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"strconv"
	"strings"
)

// dbtCloud is dbt Cloud's Administrative API, read only: what a service token
// with Account Viewer sees.
type dbtCloud struct {
	users         []*dbtUser
	groups        []*dbtGroup
	invites       []*dbtInvite
	licenseMaps   []*dbtLicenseMap
	serviceTokens []*dbtServiceToken
	seats         map[string]dbtSeats
}

// dbtEnvelope is around every answer.
type dbtEnvelope struct {
	Status dbtStatus `json:"status"`
	Data   any       `json:"data"`
	Extra  *dbtExtra `json:"extra,omitempty"`
}

type dbtStatus struct {
	Code             int    `json:"code"`
	IsSuccess        bool   `json:"is_success"`
	UserMessage      string `json:"user_message"`
	DeveloperMessage string `json:"developer_message"`
}

func (d *dbtCloud) service() *service {
	mux := http.NewServeMux()
	// The API's paths end in a slash; it answers without one too.
	handle := func(path string, h http.HandlerFunc) {
		mux.HandleFunc("GET "+path, h)
		mux.HandleFunc("GET "+path+"/{$}", h)
	}
	for _, version := range []string{"v2", "v3"} {
		root := "/api/" + version + "/accounts"
		account := func(path string, h http.HandlerFunc) { handle(root+"/{account}"+path, ownAccount(h)) }
		handle(root, d.listAccounts)
		account("", d.showAccount)
		account("/users", d.listUsers)
		account("/groups", d.listGroups)
		account("/groups/{id}", d.showGroup)
		if version == "v2" {
			account("/users/{id}", d.showUser)
			account("/invites", d.listInvites)
			account("/invites/{id}", d.showInvite)
			account("/licenses", d.listSeats)
			continue
		}
		account("/users/{id}", d.showAccountUser)
		account("/license-maps", d.listLicenseMaps)
		account("/license-maps/{id}", d.showLicenseMap)
		account("/service-tokens", d.listServiceTokens)
		account("/service-tokens/{id}", d.showServiceToken)
		account("/service-tokens/{id}/permissions", d.listServiceTokenPermissions)
		account("/scim-config", d.showSCIMConfig)
	}
	// whoami is for the tokens of users; what a token may not see is not there.
	handle("/api/v2/whoami", dbtNotFound)
	return &service{prefix: "/api/", mux: mux, admit: admitDBTCloud, refuse: dbtRefuse}
}

func admitDBTCloud(r *http.Request) int {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	known := strings.EqualFold(scheme, "Token") || strings.EqualFold(scheme, "Bearer")
	if !known || token != DBTCloudToken {
		return http.StatusUnauthorized
	}
	return 0
}

// ownAccount lets a request through to the account of the token; every other
// account is as if it did not exist.
func ownAccount(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("account") != strconv.Itoa(DBTCloudAccount) {
			dbtNotFound(w, r)
			return
		}
		h(w, r)
	}
}

// dbtOne answers with the row of the id in the path.
func dbtOne[T any](w http.ResponseWriter, r *http.Request, rows []T, id func(T) int64) (row T, found bool) {
	wanted, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	for _, row := range rows {
		if err == nil && id(row) == wanted {
			return row, true
		}
	}
	dbtNotFound(w, r)
	return row, false
}

var dbtOK = dbtStatus{Code: http.StatusOK, IsSuccess: true, UserMessage: "Success!"}

func dbtSuccess(w http.ResponseWriter, data any, extra *dbtExtra) {
	writeJSON(w, "application/json", http.StatusOK, dbtEnvelope{dbtOK, data, extra})
}

func dbtNotFound(w http.ResponseWriter, r *http.Request) { dbtRefuse(w, r, http.StatusNotFound) }

// dbtWords are the service's words for what it refuses.
var dbtWords = map[int]string{
	http.StatusBadRequest:          "The request was invalid. Please double check the provided data and try again.",
	http.StatusUnauthorized:        "Invalid token.",
	http.StatusForbidden:           "Forbidden: Access denied",
	http.StatusNotFound:            "The requested resource was not found. Please check that you have the proper permissions. If you are seeing this in error, please contact support!",
	http.StatusMethodNotAllowed:    "Method not allowed.",
	http.StatusTooManyRequests:     "Request was throttled.",
	http.StatusInternalServerError: "An internal error occurred. Please contact support.",
}

func dbtRefuse(w http.ResponseWriter, _ *http.Request, status int) { dbtFail(w, status, "") }

// dbtFail refuses and tells developers why.
func dbtFail(w http.ResponseWriter, status int, reason string) {
	words, ok := dbtWords[status]
	if !ok {
		words = http.StatusText(status)
	}
	writeJSON(w, "application/json", status, dbtEnvelope{
		Status: dbtStatus{Code: status, UserMessage: words, DeveloperMessage: reason},
	})
}
