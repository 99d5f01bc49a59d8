"use strict";
// what pages do beyond what they say without a script
