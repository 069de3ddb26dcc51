// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Calendar
/// @notice Days of the Gregorian calendar written as yyyymmdd, which compare as numbers do. Days begin and end in UTC.
library Calendar {
    /// @notice The day of the block.
    function today() internal view returns (uint32 date) {
        // Howard Hinnant's civil_from_days, for days since 0000-03-01; a year starts in March so that a leap day is its last.
        uint256 day = block.timestamp / 1 days + 719_468;
        uint256 era = day / 146_097;
        uint256 dayOfEra = day % 146_097;
        uint256 yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        uint256 monthFromMarch = (5 * dayOfYear + 2) / 153;
        uint256 dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        uint256 month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        uint256 year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return uint32(year * 10_000 + month * 100 + dayOfMonth);
    }

    /// @notice Whether `date` is a day of the years 1900 to 9999.
    function isDay(uint32 date) internal pure returns (bool) {
        uint256 year = date / 10_000;
        uint256 month = (date / 100) % 100;
        uint256 day = date % 100;
        if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
        if (month == 2) return day <= (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28);
        return day <= (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
    }
}
