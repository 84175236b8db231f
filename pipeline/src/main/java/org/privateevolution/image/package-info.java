/** Pixels, from encoded images and back: decoding of files that nobody vouches for, scaling, PNG, contact sheets. */
package org.privateevolution.image;
