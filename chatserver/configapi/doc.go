// Package configapi is the Configuration API: what administrators set up, over
// chatserver/engine. It is on the Web only, at /v3.x/configuration/action/….
//
// It follows the documents of Configuration API 3.6, and of 3.7 for canned
// responses and ban_customer, which earlier versions do not have. One answer
// depends on the version: work_scheduler has days before 3.5 and a schedule from
// then on. Requests may have either.
//
// What the documents leave open is decided so:
//
//   - create_agent and update_agent take a password, because there is no other
//     service for accounts here. list_groups_statuses lists what
//     groups_status_updated tells. Both are this server's own.
//   - Nobody manages an agent of a higher role or gives a role above his own.
//     There is one owner, who cannot be made, changed in role, suspended or
//     deleted. With agents--my:rw alone one changes only what one looks like and
//     is told.
//   - A deleted agent stays by name in old chats; the numbers of deleted groups
//     and canned responses are not given out again. A deleted group leaves tags,
//     rules and active chats; what it alone could reach becomes everybody's.
//   - A tag without groups is known to those who may read all tags only.
//   - Properties of the license and of groups are checked against their
//     registration where they have one. A deleted property is told with null, or
//     its default.
//   - A bot takes chats while its routing status says so. default_group_priority
//     is for groups given without a priority.
package configapi
