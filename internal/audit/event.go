// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// schemaVersion is the first version of OCSF that knows the method PATCH
// (its http_request.http_method, https://schema.ocsf.io/1.6.0/objects/http_request).
const schemaVersion = "1.6.0"

// classUID is the class Account Change (https://schema.ocsf.io/1.6.0/classes/account_change).
const classUID = 3001

// event is one line: an Account Change with the attributes of OCSF that are
// used here, what the class requires among them.
type event struct {
	Time         int64          `json:"time"` // in milliseconds since 1970
	ClassUID     int            `json:"class_uid"`
	ClassName    string         `json:"class_name"`
	CategoryUID  int            `json:"category_uid"`
	CategoryName string         `json:"category_name"`
	ActivityID   int            `json:"activity_id"`
	ActivityName string         `json:"activity_name"`
	TypeUID      int            `json:"type_uid"`
	SeverityID   int            `json:"severity_id"`
	Severity     string         `json:"severity"`
	Message      string         `json:"message"`
	StatusID     int            `json:"status_id"`
	Status       string         `json:"status"`
	StatusCode   string         `json:"status_code,omitempty"`
	StatusDetail string         `json:"status_detail,omitempty"`
	Actor        *actorObject   `json:"actor,omitempty"`
	User         userObject     `json:"user"`
	HTTPRequest  requestObject  `json:"http_request"`
	Metadata     metadataObject `json:"metadata"`
	Unmapped     unmappedObject `json:"unmapped"`
}

type actorObject struct {
	User userObject `json:"user"`
}

// userObject is a user, an API key or a group: OCSF's user is any security
// principal. It needs an account, a name or a uid.
type userObject struct {
	UID     string         `json:"uid,omitempty"`
	Name    string         `json:"name,omitempty"`
	Email   string         `json:"email_addr,omitempty"`
	TypeID  int            `json:"type_id"`
	Type    string         `json:"type"`
	Groups  []groupObject  `json:"groups,omitempty"`
	Account *accountObject `json:"account,omitempty"`
}

// groupObject needs a name or a uid.
type groupObject struct {
	UID  string `json:"uid,omitempty"`
	Name string `json:"name,omitempty"`
	Type string `json:"type,omitempty"`
}

// accountObject needs a name or a uid.
type accountObject struct {
	UID  string `json:"uid,omitempty"`
	Name string `json:"name,omitempty"`
}

type requestObject struct {
	Method string    `json:"http_method"`
	URL    urlObject `json:"url"`
}

type urlObject struct {
	String string `json:"url_string"`
	Scheme string `json:"scheme,omitempty"`
	Host   string `json:"hostname,omitempty"`
	Port   int    `json:"port,omitempty"`
	Path   string `json:"path,omitempty"`
}

type metadataObject struct {
	UID            string        `json:"uid"`
	CorrelationUID string        `json:"correlation_uid"`
	TenantUID      string        `json:"tenant_uid,omitempty"`
	Version        string        `json:"version"`
	Product        productObject `json:"product"`
}

type productObject struct {
	Name       string `json:"name"`
	VendorName string `json:"vendor_name"`
	Version    string `json:"version,omitempty"`
}

// unmappedObject is what OCSF has no attribute for. Its user has groups and a type,
// but no role.
type unmappedObject struct {
	Service    string   `json:"service"`
	Role       *string  `json:"role,omitempty"`
	RoleBefore *string  `json:"role_before,omitempty"`
	Fields     []string `json:"fields,omitempty"`
	Added      []string `json:"members_added,omitempty"`
	Removed    []string `json:"members_removed,omitempty"`
	RunID      string   `json:"run_id,omitempty"`
}

// newEvent is the line before a change, as far as it does not depend on the
// request.
func newEvent(target rest.Target, by Actor) event {
	e := event{
		CategoryUID:  3,
		CategoryName: "Identity & Access Management",
		ClassUID:     classUID,
		ClassName:    "Account Change",
		SeverityID:   1,
		Severity:     "Informational",
		StatusID:     99, // "Other", of which Status says what
		Status:       "Pending",
		Metadata: metadataObject{
			TenantUID: by.AccountID,
			Version:   schemaVersion,
			Product:   productObject{Name: "terraform-provider-datastack", VendorName: "datastack-iam"},
		},
		Actor: by.object(),
		User:  userObject{UID: target.ID, Name: cmp.Or(target.Email, target.Name, target.ID), Email: emailInOCSF(target.Email), TypeID: 1, Type: "User"},
		Unmapped: unmappedObject{
			Role:       target.Role,
			RoleBefore: target.RoleBefore,
			Fields:     slices.Sorted(slices.Values(target.Fields)),
			Added:      slices.Sorted(slices.Values(target.Added)),
			Removed:    slices.Sorted(slices.Values(target.Removed)),
		},
	}
	if target.Kind == rest.GroupTarget {
		e.User.TypeID, e.User.Type = 99, "Group"
	}
	if group := target.Group; group != nil {
		e.User.Groups = []groupObject{{UID: group.ID, Name: group.Name, Type: group.Type}}
	}
	return e.of(target.Activity)
}

// of is the event as one of an activity.
func (e event) of(activity rest.Activity) event {
	e.ActivityID, e.ActivityName = activityInOCSF(activity)
	if e.User.Type == "Group" {
		// The numbers of the class are about users and roles.
		e.ActivityID, e.ActivityName = 99, e.ActivityName+" Group"
	}
	e.TypeUID = 100*classUID + e.ActivityID
	return e
}

// activityInOCSF is the number and the name in OCSF. It has no number for a change
// of role or name, nor for adopting or a membership: those are its 99, "Other",
// with names of our own.
func activityInOCSF(a rest.Activity) (int, string) {
	switch a {
	case rest.ActivityInvite, rest.ActivityCreate:
		return 1, "Create"
	case rest.ActivityEnable:
		return 2, "Enable"
	case rest.ActivityDisable:
		return 5, "Disable"
	case rest.ActivityDelete:
		return 6, "Delete"
	case rest.ActivityUpdate:
		return 99, "Update"
	case rest.ActivityChangeRole:
		return 99, "Change Role"
	case rest.ActivityAdopt:
		return 99, "Adopt"
	case rest.ActivityAddMember:
		return 99, "Add Member"
	case rest.ActivityRemoveMember:
		return 99, "Remove Member"
	default:
		return 0, "Unknown"
	}
}

// statusInOCSF is the number and the name in OCSF.
func statusInOCSF(result rest.Result) (int, string) {
	switch result {
	case rest.ResultSuccess:
		return 1, "Success"
	case rest.ResultFailure:
		return 2, "Failure"
	default:
		return 0, "Unknown"
	}
}

// addressInOCSF is what OCSF takes for an email address
// (the type email_t, https://schema.ocsf.io/1.6.0/data_types).
var addressInOCSF = regexp.MustCompile("^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-zA-Z0-9-]+\\.[a-zA-Z0-9-.]+$")

// emailInOCSF is an address that OCSF takes for one, or "": the name of a user
// has every address.
func emailInOCSF(address string) string {
	if !addressInOCSF.MatchString(address) {
		return ""
	}
	return address
}

// urlInOCSF is an address without its query, which may name users, and its parts.
func urlInOCSF(address string) urlObject {
	address, _, _ = strings.Cut(address, "?")
	parsed, err := url.Parse(address)
	if err != nil {
		return urlObject{String: address}
	}
	port, _ := strconv.Atoi(parsed.Port())
	return urlObject{String: address, Scheme: parsed.Scheme, Host: parsed.Hostname(), Port: port, Path: parsed.EscapedPath()}
}

// message is the event in one line, for people.
func (e event) message() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %s", e.Unmapped.Service, e.ActivityName, e.User.Name)
	for _, group := range e.User.Groups {
		fmt.Fprintf(&b, ", %s %s", strings.ToLower(group.Type), cmp.Or(group.Name, group.UID))
	}
	role := func(name string) string { return cmp.Or(name, "none") }
	switch before, after := e.Unmapped.RoleBefore, e.Unmapped.Role; {
	case before != nil && after != nil:
		fmt.Fprintf(&b, ", role from %s to %s", role(*before), role(*after))
	case after != nil:
		fmt.Fprintf(&b, ", role %s", role(*after))
	case before != nil:
		fmt.Fprintf(&b, ", role before %s", role(*before))
	}
	fmt.Fprintf(&b, ": %s", e.Status)
	return b.String()
}

// object returns nil where nothing is known.
func (a Actor) object() *actorObject {
	if a.ID == "" && a.AccountID == "" && a.AccountName == "" {
		return nil
	}
	u := userObject{UID: a.ID, Name: cmp.Or(a.Name, a.Email), Email: emailInOCSF(a.Email), Type: string(a.Kind), TypeID: 99}
	switch a.Kind {
	case User:
		u.TypeID = 1
	case "":
		u.Type, u.TypeID = "Unknown", 0
	}
	if a.AccountID != "" || a.AccountName != "" {
		u.Account = &accountObject{UID: a.AccountID, Name: a.AccountName}
	}
	return &actorObject{u}
}
