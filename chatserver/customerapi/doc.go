// Package customerapi is the customers' side of the wire: the table of the
// Customer Chat API at 3.6 and the token service that says who a customer is.
//
// The rules are the engine's; this package turns requests and answers into the
// customer API's shapes, keeps floods out, and makes sure that a customer
// reaches nothing but his own chats. What is for agents only is left out by the
// engine before it comes here.
package customerapi
