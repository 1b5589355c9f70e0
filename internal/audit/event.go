// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"cmp"
	"slices"

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

// userObject needs an account, a name or a uid.
type userObject struct {
	UID     string         `json:"uid,omitempty"`
	Name    string         `json:"name,omitempty"`
	Email   string         `json:"email_addr,omitempty"`
	TypeID  *int           `json:"type_id,omitempty"`
	Type    string         `json:"type,omitempty"`
	Account *accountObject `json:"account,omitempty"`
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
}

type metadataObject struct {
	UID            string        `json:"uid"`
	CorrelationUID string        `json:"correlation_uid"`
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
}

// newEvent is the line before a change, as far as it does not depend on the
// request.
func newEvent(target rest.Target, by Actor) event {
	id, name := activityInOCSF(target.Activity)
	return event{
		ActivityID:   id,
		ActivityName: name,
		CategoryUID:  3,
		CategoryName: "Identity & Access Management",
		ClassUID:     classUID,
		ClassName:    "Account Change",
		TypeUID:      100*classUID + id,
		SeverityID:   1,
		Severity:     "Informational",
		StatusID:     99, // "Other", of which Status says what
		Status:       "Pending",
		Metadata: metadataObject{
			Version: schemaVersion,
			Product: productObject{Name: "terraform-provider-datastack", VendorName: "datastack-iam"},
		},
		Actor: by.object(),
		User:  userObject{UID: target.ID, Name: cmp.Or(target.Email, target.ID), Email: target.Email},
		Unmapped: unmappedObject{
			Role:       target.Role,
			RoleBefore: target.RoleBefore,
			Fields:     slices.Sorted(slices.Values(target.Fields)),
		},
	}
}

// activityInOCSF is the number and the name in OCSF. It has no number for a change
// of role or name, nor for adopting: those are its 99, "Other", with names of
// our own.
func activityInOCSF(a rest.Activity) (int, string) {
	switch a {
	case rest.ActivityInvite:
		return 1, "Create"
	case rest.ActivityDelete:
		return 6, "Delete"
	case rest.ActivityUpdate:
		return 99, "Update"
	case rest.ActivityChangeRole:
		return 99, "Change Role"
	case rest.ActivityAdopt:
		return 99, "Adopt"
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

// object returns nil where nothing is known.
func (a Actor) object() *actorObject {
	if a.ID == "" && a.AccountID == "" && a.AccountName == "" {
		return nil
	}
	u := userObject{UID: a.ID, Type: string(a.Kind), TypeID: new(99)}
	switch a.Kind {
	case User:
		u.TypeID = new(1)
	case "":
		u.Type, u.TypeID = "Unknown", new(0)
	}
	if a.AccountID != "" || a.AccountName != "" {
		u.Account = &accountObject{UID: a.AccountID, Name: a.AccountName}
	}
	return &actorObject{u}
}
