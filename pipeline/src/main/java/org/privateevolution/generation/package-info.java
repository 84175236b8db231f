/** What the generators of all modalities share: answers are journalled before they count, and never bought twice. */
package org.privateevolution.generation;
