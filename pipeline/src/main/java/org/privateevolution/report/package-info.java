/** The reports about a run for people: one HTML file, and a table for the terminal. */
package org.privateevolution.report;
