/** What a person reads about a run: one HTML file, and a table for the terminal. */
package org.privateevolution.report;
