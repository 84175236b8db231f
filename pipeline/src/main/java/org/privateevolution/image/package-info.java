/** Pixels, from encoded images and back: decoding of untrusted files, scaling, PNG, contact sheets. */
package org.privateevolution.image;
