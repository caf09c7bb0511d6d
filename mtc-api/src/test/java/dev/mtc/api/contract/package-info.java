/** What every implementation of an SPI has to do, as abstract test classes; shipped in the test jar. */
package dev.mtc.api.contract;
