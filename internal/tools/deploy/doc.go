// Package deploy holds the files of docs/deploy that the programs they are for read: the
// compose file and the systemd unit. It is tests alone.
package deploy
