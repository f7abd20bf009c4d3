// Package configapi is the Configuration API: what administrators set up, over
// chatserver/engine. It is on the Web only, at /v3.x/configuration/action/….
//
// It follows the documents of Configuration API 3.6, and 3.7 for canned
// responses and ban_customer, which earlier versions do not have. Two things are
// this server's own: create_agent and update_agent take a password, because
// there is no other service for accounts here, and list_groups_statuses lists
// what groups_status_updated tells.
//
// Properties of the license and of groups are checked against their registration
// where they have one.
package configapi
