# The ID is the ID of the group, a slash, and the ID of the user.
import {
  to = datastack_fivetran_group_membership.mei
  id = "serving_iodine/ferry_blink"
}

resource "datastack_fivetran_group_membership" "mei" {
  group_id = "serving_iodine"
  user_id  = "ferry_blink"
  role     = "View Destination"
}
