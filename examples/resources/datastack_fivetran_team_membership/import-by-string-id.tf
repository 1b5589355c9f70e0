# The ID is the ID of the team, a slash, and the ID of the user.
import {
  to = datastack_fivetran_team_membership.mei
  id = "loud_cedar/ferry_blink"
}

resource "datastack_fivetran_team_membership" "mei" {
  team_id = "loud_cedar"
  user_id = "ferry_blink"
  role    = "Team Manager"
}
