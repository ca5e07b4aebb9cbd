"""The promises of docs/reliability.md, one file for each: programs are really killed, disks filled, files damaged."""
