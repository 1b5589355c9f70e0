// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

// schemaVersion is the first version of OCSF that knows the method PATCH.
const schemaVersion = "1.5.0"

const classUID = 3001

// event is one line: an Account Change with the attributes of OCSF that are
// used here, what the class requires among them.
type event struct {
	Time         int64       `json:"time"` // in milliseconds since 1970
	ClassUID     int         `json:"class_uid"`
	ClassName    string      `json:"class_name"`
	CategoryUID  int         `json:"category_uid"`
	CategoryName string      `json:"category_name"`
	ActivityID   Activity    `json:"activity_id"`
	ActivityName string      `json:"activity_name"`
	TypeUID      int         `json:"type_uid"`
	SeverityID   int         `json:"severity_id"`
	Severity     string      `json:"severity"`
	StatusID     Status      `json:"status_id"`
	Status       string      `json:"status"`
	StatusCode   string      `json:"status_code,omitempty"`
	StatusDetail string      `json:"status_detail,omitempty"`
	Actor        *actor      `json:"actor,omitempty"`
	User         user        `json:"user"`
	HTTPRequest  httpRequest `json:"http_request"`
	Metadata     metadata    `json:"metadata"`
	Unmapped     unmapped    `json:"unmapped"`
}

type actor struct {
	User user `json:"user"`
}

// user needs an account, a name or a uid.
type user struct {
	UID     string   `json:"uid,omitempty"`
	Name    string   `json:"name,omitempty"`
	Email   string   `json:"email_addr,omitempty"`
	TypeID  *int     `json:"type_id,omitempty"`
	Type    string   `json:"type,omitempty"`
	Account *account `json:"account,omitempty"`
}

// account needs a name or a uid.
type account struct {
	UID  string `json:"uid,omitempty"`
	Name string `json:"name,omitempty"`
}

type httpRequest struct {
	Method string `json:"http_method"`
	URL    url    `json:"url"`
}

type url struct {
	String string `json:"url_string"`
}

type metadata struct {
	UID            string  `json:"uid"`
	CorrelationUID string  `json:"correlation_uid"`
	Version        string  `json:"version"`
	Product        product `json:"product"`
}

type product struct {
	Name       string `json:"name"`
	VendorName string `json:"vendor_name"`
	Version    string `json:"version,omitempty"`
}

// unmapped is what OCSF has no attribute for.
type unmapped struct {
	Service string   `json:"service"`
	Role    *string  `json:"role,omitempty"`
	Fields  []string `json:"fields,omitempty"`
}
