"""A drawn sheet: plain items in millimetres, their type, colours and marks, and the painters that write files."""
