// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

// ownerID is the user whose API key the sandbox accepts.
const ownerID = "nozzle_eat"

// userRows are the users of the account. The state is "active",
// "invited", "suspended" or "nameless", and "" is no role. Teams and groups
// are those of teamRows and groupRows, with a ! for a manager.
var userRows = []struct{ id, who, role, state, teams, groups string }{
	{ownerID, "amara.okafor", administratorRole, "active", "platform!", "production staging"},
	{"gravel_hum", "jonas.weber", administratorRole, "active", "platform", "production staging"},
	{"ferry_blink", "mei.tanaka", "Account Analyst", "active", "engineering!", "staging"},
	{"walnut_sing", "lukas.mueller", "Account Analyst", "active", "engineering", "staging"},
	{"copper_lean", "zoe.akesson", "Account Analyst", "active", "engineering", ""},
	{"meadow_jump", "priya.natarajan", "Destination Creator", "active", "engineering", "production"},
	{"lantern_dig", "carlos.fernandez", "Account Analyst", "suspended", "engineering", "staging"},
	{"pebble_wink", "grace.thompson", "Account Reviewer", "active", "analysts!", "production"},
	{"saddle_draw", "oliver.schmidt", "Account Reviewer", "active", "analysts", ""},
	{"cinder_fold", "hannah.lindqvist", "Account Reviewer", "invited", "analysts", ""},
	{"orchid_pace", "diego.morales", "", "active", "analysts", "staging"},
	{"thimble_row", "chloe.dubois", "Account Reviewer", "active", "oncall", ""},
	{"harbor_knit", "tomasz.nowak", "Northwind Data Steward", "active", "platform", "production"},
	{"velvet_march", "raj.patel", "Account Reviewer", "active", "", ""},
	{"anchor_spin", "emily.clark", "Account Billing", "active", "", ""},
	{"quartz_yawn", "noah.bergstroem", "ReadOnly", "active", "", "production"},
	{"bramble_toss", "daniel.kim", "", "nameless", "", ""},
	{"kettle_glow", "kwame.mensah", "", "active", "analysts", ""},
	{"ribbon_climb", "ivan.petrov", "Account Analyst", "suspended", "", ""},
	{"marble_nod", "george.o'brien", "Account Reviewer", "active", "", ""},
	{"tunnel_bake", "max.hoffmann", "Account Reviewer", "active", "contractors", "staging"},
	{"pillow_race", "julia.costa", "", "invited", "contractors", "staging"},
	{"juniper_ask", "ella.strand", "Account Reviewer", "invited", "", ""},
	{"socket_wade", "ben.carter", "Account Reviewer", "active", "", ""},
}

var teamRows = []struct{ key, id, name, description, role, groups string }{
	{"platform", "tidy_anvil", "Data Platform", "Runs the pipelines", "Destination Creator", "production staging"},
	{"engineering", "loud_cedar", "Analytics Engineering", "Models and tests", "Account Analyst", "staging"},
	{"analysts", "calm_otter", "Analysts", "", "Account Reviewer", ""},
	{"contractors", "brief_comet", `Contractors "EU" & more`, "People of Brightloop", "", "staging"},
	{"oncall", "night_heron", "On Call", "Repairs what breaks at night", administratorRole, "production staging archive"},
}

var groupRows = []struct{ key, id, name string }{
	{"production", "decent_dropsy", "Warehouse_Production"},
	{"staging", "serving_iodine", "Warehouse_Staging"},
	{"archive", "ample_lichen", "Warehouse_Archive"},
}

// roleRows are the roles: deprecated ones name their replacement.
var roleRows = []struct{ name, scopes, replacement string }{
	{administratorRole, "ACCOUNT", ""},
	{"Account Billing", "ACCOUNT", ""},
	{"Account Analyst", "ACCOUNT", ""},
	{"Account Reviewer", "ACCOUNT", ""},
	{"Destination Creator", "ACCOUNT", ""},
	{"ReadOnly", "ACCOUNT", "Account Reviewer"},
	{"Owner", "ACCOUNT", administratorRole},
	{"Northwind Data Steward", "ACCOUNT DESTINATION CONNECTOR", ""},
	{"Manage Destination", "DESTINATION", ""},
	{"Edit Destination", "DESTINATION", ""},
	{"View Destination", "DESTINATION", ""},
	{"Create Connection", "DESTINATION", ""},
	{"Destination Administrator", "DESTINATION", "Manage Destination"},
	{"Connector Creator", "DESTINATION", "Create Connection"},
	{"Manage Connection", "CONNECTOR", ""},
	{"Edit Connection", "CONNECTOR", ""},
	{"View Connection", "CONNECTOR", ""},
	{"Team Manager", "TEAM", ""},
	{"Team Member", "TEAM", ""},
}
